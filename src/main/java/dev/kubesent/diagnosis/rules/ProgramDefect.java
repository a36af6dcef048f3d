package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The program breaks by itself: a defect in it, at a place that it names. */
final class ProgramDefect implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "^panic: (?<what>runtime error: .*|assignment to entry in nil map|close of (closed|nil) channel|send on"
                    + " closed channel|interface conversion: .*)",
            "fatal error: (?<go>all goroutines are asleep.*|concurrent map .*|stack overflow)",
            "(?<what>called `Option::unwrap\\(\\)` on a `None` value|index out of bounds: the len is .*|attempt to"
                    + " \\w+ with overflow|attempt to divide by zero|already borrowed: .*)",
            "(?<what>(java\\.lang\\.)?(NullPointerException|ClassCastException|StackOverflowError|ArrayIndexOutOfBoundsException|IndexOutOfBoundsException|NoSuchMethodError|AbstractMethodError|UnsupportedClassVersionError|ConcurrentModificationException)\\b.{0,200})",
            "(?<what>TypeError: (Cannot (read|set|destructure) propert.{0,200}|.{0,100} is not (a function|iterable|a"
                    + " constructor)|unsupported operand .{0,100}|.{0,100} object is not"
                    + " (callable|iterable|subscriptable)))",
            "(?<what>ReferenceError: .{0,100} is not defined|RangeError: Maximum call stack size exceeded|SyntaxError:"
                    + " (?!.{0,200}JSON).{0,100})",
            "(?<what>(AttributeError|NameError|IndexError|AssertionError|ZeroDivisionError|IndentationError|UnboundLocalError|RecursionError)(:"
                    + " .{0,200}|$))",
            "(?<what>System\\.(NullReference|IndexOutOfRange|InvalidCast|DivideByZero|StackOverflow)Exception.{0,200})",
            "(?<rb>undefined (local variable or )?method .{0,100}\\(?No(Method|Name)Error\\)?)|PHP (Fatal|Parse)"
                    + " error: +(?<php>Uncaught (TypeError|ArgumentCountError|Error: Call to).{0,200}|syntax"
                    + " error.{0,200}|Cannot redeclare.{0,200})",
            "(?i)^(?!\\[signal ).{0,200}?(segmentation fault|SIGSEGV)|(?<what>\\bassertion"
                    + " .{0,100}failed.{0,100}|Assertion failed:.{0,100})|double free or corruption|\\*\\*\\* stack"
                    + " smashing detected");

    private static final List<String> WORDS = List.of(
            "panic",
            "fatal error",
            "unwrap",
            "out of bounds",
            "attempt to",
            "already borrowed",
            "exception",
            "error",
            "undefined",
            "segmentation",
            "sigsegv",
            "assertion",
            "double free",
            "stack smashing");

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
