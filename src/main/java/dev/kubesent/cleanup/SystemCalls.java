package dev.kubesent.cleanup;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/**
 * Five functions of the C library, called without a copy; negative is an error, of which the JDK's way tells more. Names and what is written are given
 * by address, which costs nothing: they are within memory that the caller holds. Layouts and numbers are the kernel's own, the same on all processors
 * but for two flags (linux/stat.h, linux/dirent.h, fcntl.h).
 */
final class SystemCalls {

    private static final int WORKING_DIRECTORY = -100;

    private static final int CLOSED_ON_EXEC = 0x80000;

    private static final int NO_LINK = 0x100;

    /** With an empty name: what is open itself. */
    private static final int ITSELF = 0x1000;

    private static final int BASIC_FIELDS = 0x7ff;

    private static final int DIRECTORY_AND_NO_LINK = directoryAndNoLink().orElse(0);

    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle OPENAT = found(
            "openat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(3));
    private static final MethodHandle GETDENTS =
            found("getdents64", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle STATX =
            found("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle UNLINKAT =
            found("unlinkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = found("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private SystemCalls() {}

    /** Whether this machine has them all. */
    static boolean areHere() {
        try {
            return directoryAndNoLink().isPresent();
        } catch (LinkageError e) {
            return false; // an older C library, or native access that is denied
        }
    }

    /** O_DIRECTORY and O_NOFOLLOW. */
    private static OptionalInt directoryAndNoLink() {
        return !System.getProperty("os.name").equals("Linux")
                ? OptionalInt.empty()
                : switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> OptionalInt.of(0x10000 | 0x20000);
                    case "aarch64", "arm64" -> OptionalInt.of(0x4000 | 0x8000);
                    default -> OptionalInt.empty();
                };
    }

    private static MethodHandle found(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name)),
                descriptor,
                options);
    }

    /** Opens a directory that is not a link. */
    static int open(MemorySegment path) {
        try {
            return (int) OPENAT.invokeExact(WORKING_DIRECTORY, path, DIRECTORY_AND_NO_LINK | CLOSED_ON_EXEC);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** @return bytes that were written, 0 at the end */
    static long entries(int directory, long into, long size) {
        try {
            return (long) GETDENTS.invokeExact(directory, into, size);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** Of the entry, also where it is a link. @param into {@link FileStatus#BYTES} */
    static boolean look(int directory, long name, long into) {
        return statx(directory, name, NO_LINK, into);
    }

    /** Of what is open. @param empty a name of no characters */
    static boolean lookAtItself(int open, long empty, long into) {
        return statx(open, empty, ITSELF, into);
    }

    private static boolean statx(int directory, long name, int how, long into) {
        try {
            return (int) STATX.invokeExact(directory, name, how, BASIC_FIELDS, into) == 0;
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** Never a directory. */
    static boolean delete(int directory, long name) {
        try {
            return (int) UNLINKAT.invokeExact(directory, name, 0) == 0;
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    static void close(int open) {
        try {
            var _ = (int) CLOSE.invokeExact(open);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    private static IllegalStateException defect(Throwable e) {
        return new IllegalStateException("a system call that cannot be made", e);
    }
}
