package dev.lockstep.demo;

/** What is told about; each has its own colour. */
enum Story {
  DISTRIBUTORS("distributors", "36"),
  TICKETS("tickets", "35"),
  BALANCES("balances", "33"),
  DEMO("demo", "1");

  private final String word;
  private final String colour;

  Story(String word, String colour) {
    this.word = word;
    this.colour = colour;
  }

  String word() {
    return word;
  }

  String colour() {
    return colour;
  }
}
