package dev.kubesent.function;

/**
 * What {@code java -jar} runs first. Compiled for Java 17 while all else needs 25, so that an older Java says so in one
 * line and not with an UnsupportedClassVersionError.
 */
public final class Start {

    private static final int NEEDED = 25;

    private Start() {}

    @SuppressWarnings("SystemOut") // the terminal is the interface here
    public static void main(String... arguments) throws ReflectiveOperationException {
        int feature = Runtime.version().feature();
        if (feature < NEEDED) {
            System.err.println("kubesent: needs Java " + NEEDED + " or newer; this is Java " + feature + " in "
                    + System.getProperty("java.home"));
            System.exit(2);
        }
        Class.forName("dev.kubesent.function.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
