/**
 * What more than one test has to know of each kind of act and of change: one row for each. A new kind has its row here, and in no test. The tests go
 * over the rows, and fail where a kind has none.
 */
package dev.kubesent.testing.cures;
