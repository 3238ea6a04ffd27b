package dev.lockstep.engine;

import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.run.RunTable;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What all syncs of an engine share. */
record EngineParts(
    Store store,
    Journal journal,
    RunTable runs,
    SyncTable syncs,
    InstantSource clock,
    RandomGenerator random,
    Steps steps,
    EngineSettings settings,
    String installation) {}
