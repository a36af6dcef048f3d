package dev.kubesent.function.process;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Escapes what foreign text could forge a log with, whoever logs it and in whatever format: control, format and bidirectional characters
 * of everything that an appender writes, and the line breaks within one event, which are followed by a tab. So whatever begins in the
 * first column is an event of its own. META-INF/spring.factories names it; it runs after Boot has set the logging up, and needs no
 * configuration file of Logback's, which would cost time at the start.
 */
public final class LogEscaping implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** After Boot's LoggingApplicationListener (HIGHEST_PRECEDENCE + 20). */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        escape();
    }

    /** What all appenders write from now on. Once more does no harm. */
    static void escape() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (var logger : context.getLoggerList()) {
                logger.iteratorForAppenders().forEachRemaining(appender -> {
                    if (appender instanceof OutputStreamAppender<ILoggingEvent> out
                            && !(out.getEncoder() instanceof Escaped)) {
                        out.setEncoder(new Escaped(out.getEncoder()));
                    }
                });
            }
        }
    }

    private static final class Escaped extends EncoderBase<ILoggingEvent> {

        private final Encoder<ILoggingEvent> real;

        Escaped(Encoder<ILoggingEvent> real) {
            this.real = real;
            start(); // the real one is started already
        }

        @Override
        public byte[] headerBytes() {
            return real.headerBytes();
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return escaped(new String(real.encode(event), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return real.footerBytes();
        }
    }

    /** @param event one event, with the line break at its end */
    static String escaped(String event) {
        int end = event.endsWith("\n") ? event.length() - 1 : event.length();
        var escaped = new StringBuilder(event.length() + 16);
        event.substring(0, end).codePoints().forEach(c -> {
            if (c == '\n') {
                escaped.append("\n\t");
            } else if (c == '\t' || !isInvisible(c)) {
                escaped.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    escaped.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return escaped.append(event, end, event.length()).toString();
    }

    /** C0, C1, format and bidirectional characters, and the other line breaks of Unicode. */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
