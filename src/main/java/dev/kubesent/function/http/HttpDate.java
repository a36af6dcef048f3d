package dev.kubesent.function.http;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The Date of an answer, as RFC 9110 (5.6.7) has it. Tomcat sets one where there is none, by a SimpleDateFormat that reads the names of all time zones to write "GMT": 20 ms of a process's first
 * answer. Safe for several threads.
 */
final class HttpDate {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private static volatile HttpDate last = new HttpDate(0);

    private final long second;
    private final String text;

    private HttpDate(long second) {
        this.second = second;
        this.text = of(second);
    }

    /** By the machine's clock; made once in a second. */
    static String now() {
        long second = System.currentTimeMillis() / 1000;
        var known = last;
        if (known.second != second) {
            known = new HttpDate(second);
            last = known;
        }
        return known.text;
    }

    /** @param second since 1970 */
    static String of(long second) {
        var at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        var text =
                new StringBuilder(29).append(DAYS[at.getDayOfWeek().ordinal()]).append(", ");
        twoDigits(text, at.getDayOfMonth()).append(' ').append(MONTHS[at.getMonthValue() - 1]);
        text.append(' ').append(at.getYear()).append(' ');
        twoDigits(text, at.getHour()).append(':');
        twoDigits(text, at.getMinute()).append(':');
        return twoDigits(text, at.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
