/**
 * Heals a Job, which is suspended for it; makes up for the run of a CronJob; and says how the next run, or the next try, does. Jobs as remedies look
 * at them: a run with its pods, a Job that can be suspended and one that is.
 */
@NullMarked
package dev.kubesent.remedy.job;

import org.jspecify.annotations.NullMarked;
