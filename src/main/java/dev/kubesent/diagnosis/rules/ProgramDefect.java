package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The program breaks by itself: a defect in it, at a place that it names. */
final class ProgramDefect implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "^panic: (?<what>.*)|fatal error: (?<go>all goroutines are asleep.*|concurrent map .*|stack overflow)",
            "thread '[^']*' (\\(\\d+\\) )?panicked at (?<what>.*)",
            "(?<what>(java\\.lang\\.)?(NullPointerException|ClassCastException|StackOverflowError|IllegalStateException|ArrayIndexOutOfBoundsException|NoSuchMethodError|NoClassDefFoundError|UnsupportedClassVersionError|ExceptionInInitializerError)\\b.*)",
            "(?<what>(TypeError|ReferenceError|RangeError|SyntaxError): .*)",
            "(?<what>(AttributeError|NameError|IndexError|AssertionError|ZeroDivisionError|IndentationError|UnboundLocalError|RecursionError|ImportError)(: .*|$))",
            "Unhandled exception\\. (?<what>System\\.\\w+Exception: .*)|(?<rb>undefined (local variable or )?method .*\\(No(Method|Name)Error\\))|PHP (Fatal|Parse) error: +(?<php>Uncaught .*|syntax error.*|Cannot redeclare.*)",
            "(?i)^(?!\\[signal ).*(segmentation fault|SIGSEGV)|(?<what>assertion .*failed.*|Assertion failed:.*)|double free or corruption|\\*\\*\\* stack smashing detected|core dumped");

    private static final List<String> WORDS = List.of(
            "panic",
            "fatal error",
            "exception",
            "typeerror",
            "referenceerror",
            "rangeerror",
            "syntaxerror",
            "error",
            "undefined",
            "php ",
            "segmentation",
            "sigsegv",
            "assertion",
            "double free",
            "stack smashing",
            "core dumped");

    @Override
    public Cause cause() {
        return Cause.PROGRAM_DEFECT;
    }

    @Override
    public List<Pattern> signs() {
        return SIGNS;
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public String explain(LogSign sign) {
        return "The program breaks at a defect of its own%s."
                .formatted(sign.caught().what());
    }

    @Override
    public String advice() {
        return "Hand the stack trace to whoever writes the program; the version before may not have it.";
    }
}
