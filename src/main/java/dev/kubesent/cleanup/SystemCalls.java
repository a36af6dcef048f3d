package dev.kubesent.cleanup;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Five calls of the kernel, made without a copy; negative is an error, of which the JDK's way tells more. All go through syscall(2), whose arguments are
 * alike: the JDK writes classes for each kind of function, which is half of its start. Names and what is written are given by address, which costs nothing:
 * they are within memory that the caller holds.
 */
final class SystemCalls {

    private static final long WORKING_DIRECTORY = -100;

    private static final long CLOSED_ON_EXEC = 0x80000;

    private static final long NO_LINK = 0x100;

    /** With an empty name: what is open itself. */
    private static final long ITSELF = 0x1000;

    private static final long BASIC_FIELDS = 0x7ff;

    /** No handle. */
    private static final int NOTHING = -1;

    private SystemCalls() {}

    /** Of its own class: where it cannot be made, {@link #areHere} is what fails. */
    private static final class Kernel {

        static final Numbers NUMBERS =
                Numbers.here().orElseThrow(() -> new UnsatisfiedLinkError("the numbers of its calls are not known"));

        static final MethodHandle CALL = found();

        private static MethodHandle found() {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup()
                            .find("syscall")
                            .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no syscall")),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
        }
    }

    /** What differs from processor to processor (asm/unistd.h, asm/fcntl.h). @param directory O_DIRECTORY and O_NOFOLLOW */
    private record Numbers(long openat, long close, long getdents64, long statx, long unlinkat, long directory) {

        static final Numbers X86 = new Numbers(257, 3, 217, 332, 263, 0x10000 | 0x20000);

        static final Numbers ARM = new Numbers(56, 57, 61, 291, 35, 0x4000 | 0x8000);

        static Optional<Numbers> here() {
            return !System.getProperty("os.name").equals("Linux")
                    ? Optional.empty()
                    : switch (System.getProperty("os.arch")) {
                        case "amd64", "x86_64" -> Optional.of(X86);
                        case "aarch64", "arm64" -> Optional.of(ARM);
                        default -> Optional.empty();
                    };
        }
    }

    /** Whether they can be made on this machine. */
    static boolean areHere() {
        try {
            return Numbers.here().isPresent() && close(NOTHING) < 0;
        } catch (LinkageError e) {
            return false; // native access is denied
        }
    }

    private static long call(long number, long one, long two, long three, long four, long five) {
        try {
            return (long) Kernel.CALL.invokeExact(number, one, two, three, four, five);
        } catch (Throwable e) {
            throw new IllegalStateException("a system call that cannot be made", e);
        }
    }

    /** Opens a directory that is not a link. @param path where its text is, with a 0 at its end */
    static int open(long path) {
        return (int) call(
                Kernel.NUMBERS.openat(), WORKING_DIRECTORY, path, Kernel.NUMBERS.directory() | CLOSED_ON_EXEC, 0, 0);
    }

    /** @return bytes that were written, 0 at the end */
    static long entries(int directory, long into, long size) {
        return call(Kernel.NUMBERS.getdents64(), directory, into, size, 0, 0);
    }

    /** Of the entry, also where it is a link. @param into where {@link FileStatus} has room */
    static boolean look(int directory, long name, long into) {
        return call(Kernel.NUMBERS.statx(), directory, name, NO_LINK, BASIC_FIELDS, into) == 0;
    }

    /** Of what is open. @param empty a name of no characters */
    static boolean lookAtItself(int open, long empty, long into) {
        return call(Kernel.NUMBERS.statx(), open, empty, ITSELF, BASIC_FIELDS, into) == 0;
    }

    /** Never a directory. */
    static boolean delete(int directory, long name) {
        return call(Kernel.NUMBERS.unlinkat(), directory, name, 0, 0, 0) == 0;
    }

    static long close(int open) {
        return call(Kernel.NUMBERS.close(), open, 0, 0, 0, 0);
    }
}
