package dev.kubesent.cleanup;

import java.util.concurrent.atomic.LongAdder;

/** What has been counted so far, by several threads at once. */
final class Tally {

    final LongAdder seen = new LongAdder();
    final LongAdder deleted = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder vanished = new LongAdder();
    final LongAdder directoriesRemoved = new LongAdder();
    final LongAdder directoriesPassed = new LongAdder();
}
