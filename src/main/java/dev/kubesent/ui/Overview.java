package dev.kubesent.ui;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.List;

/**
 * All incidents, as they were at a time.
 *
 * @param cluster where they were read, in words
 * @param mayApprove whether a yes can be said here
 * @param rows in the order of their namespaces and names
 * @param note what is to be known about what is missing; empty where nothing is
 * @param trends of these rows
 * @param at when they were read
 * @param againAfter milliseconds until it is worth asking again
 */
record Overview(
        String cluster,
        boolean mayApprove,
        List<Row> rows,
        String note,
        Trends trends,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        long againAfter) {}
