package dev.kubesent.command;

import picocli.CommandLine.Option;

/** Where the switch that pauses KubeSent is. {@code gate.constraints.NotPaused} reads it. */
final class Switch {

    static final String CONFIG_MAP = "kubesent";
    static final String PAUSE = "pause";

    private static final String USUAL = "kubesent";

    @Option(
            names = "--kubesent-namespace",
            paramLabel = "NS",
            defaultValue = USUAL,
            description = "the namespace that KubeSent runs in (default: ${DEFAULT-VALUE})")
    private String home = USUAL;

    String home() {
        return home;
    }

    /** To be said again with the next command. */
    String asOption() {
        return home.equals(USUAL) ? "" : " --kubesent-namespace " + home;
    }

    String right() {
        return "You need the right to get, create and patch ConfigMaps in namespace %s.".formatted(home);
    }
}
