package dev.lockstep.store;

import java.util.List;
import java.util.stream.IntStream;

/** The threads that read, and the queue before them. */
final class Readers {
  private final WorkQueue queue;
  private final List<StoreThread> threads;

  Readers(Database database, StoreOptions options) {
    queue = new WorkQueue(options.waiting(), database.closedMessage());
    threads =
        IntStream.rangeClosed(1, options.readers())
            .mapToObj(n -> StoreThread.start("store-reader-" + n, new Reader(queue, database)))
            .toList();
  }

  <T> T read(Store.Work<T> work) throws InterruptedException {
    StoreThread.refuseCallsFromWithin();
    Job<T> job = new Job<>(work);
    queue.put(job);
    return job.await();
  }

  void close() {
    queue.close();
    threads.forEach(StoreThread::awaitEnd);
  }
}
