package dev.lockstep.server.page;

/** What became of something a person did on the page. */
public record Told(Tone tone, String text) {}
