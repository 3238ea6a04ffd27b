package dev.lockstep.store;

/** The thread that writes, and the queue before it. */
final class WriterThread {
  private final WorkQueue queue;
  private final Writer writer;
  private final StoreThread thread;

  WriterThread(Database database, StoreOptions options, Session session) {
    queue = new WorkQueue(options.waiting(), database.closedMessage());
    writer = new Writer(queue, options.grouped(), database, session);
    thread = StoreThread.start("store-writer", writer);
  }

  <T> T write(Store.Work<T> work) throws InterruptedException {
    StoreThread.refuseCallsFromWithin();
    Job<T> job = new Job<>(work);
    queue.put(job);
    return job.await();
  }

  StoreMetrics metrics() {
    return writer.metrics();
  }

  void close() {
    queue.close();
    thread.awaitEnd();
  }
}
