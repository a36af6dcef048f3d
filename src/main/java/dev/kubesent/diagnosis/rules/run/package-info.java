/**
 * Rules about a run: what a program said before it ended, and how it ended; and the runs of Jobs and CronJobs. They take the log, the exit code and the
 * signal; they read nothing.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.run;

import org.jspecify.annotations.NullMarked;
