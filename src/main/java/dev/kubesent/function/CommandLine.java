package dev.kubesent.function;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param settings {@code --kubesent.*} by the name of the environment variable, over which they win
 * @param spring what is left, for Spring: {@code --server.port=8081}
 */
public record CommandLine(Then then, List<Path> replay, Map<String, String> settings, List<String> spring) {

    static final String USAGE = """
            Usage: kubesent scan         what fails in the cluster of your kubeconfig, and why (scan --help)
                   kubesent explain      why a pod fails, from files (explain --help)
                   kubesent cleanup      delete old files, as docs/cleanup.md says, and end
                   kubesent [--replay=FILE…] [--exit] [--kubesent.SETTING=VALUE…] [--SPRING.PROPERTY=VALUE…]

              --replay=FILE,…   replay these events instead of the samples (.http or .json)
              --exit            end after the replay instead of serving on :8080
              --help            this text
              --kubesent.…      a setting, as in docs/settings.md: --kubesent.mode=suggest
              --server.port=N   and any other property of Spring Boot
            """;

    enum Then {
        SERVE,
        EXIT,
        HELP
    }

    /** @throws UsageException where a flag is not known or a file cannot be read */
    public static CommandLine parse(String... arguments) {
        var then = Then.SERVE;
        var replay = new ArrayList<Path>();
        var settings = new HashMap<String, String>();
        var spring = new ArrayList<String>();
        for (var argument : arguments) {
            var name = argument.replaceFirst("=.*", "");
            var value = argument.substring(Math.min(argument.length(), name.length() + 1));
            if (argument.equals("--exit")) {
                then = then == Then.HELP ? then : Then.EXIT;
            } else if (argument.equals("--help")) {
                then = Then.HELP;
            } else if (name.equals("--replay") && value.isEmpty()) {
                throw new UsageException("--replay needs a file: --replay=FILE");
            } else if (name.equals("--replay")) {
                Arrays.stream(value.split(",")).map(CommandLine::readable).forEach(replay::add);
            } else if (name.startsWith("--kubesent.")) {
                settings.put(variable(name), value);
            } else if (name.startsWith("--") && name.contains(".") && argument.contains("=")) {
                spring.add(argument);
            } else {
                throw new UsageException("unknown argument '" + argument + "'; --help lists them");
            }
        }
        return new CommandLine(then, List.copyOf(replay), Map.copyOf(settings), List.copyOf(spring));
    }

    private static String variable(String flag) {
        return Arrays.stream(Setting.values())
                .filter(setting -> flag.equals("--" + setting.property()))
                .map(Setting::variable)
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown setting '" + flag + "'; docs/settings.md lists them"));
    }

    private static Path readable(String file) {
        var path = Path.of(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new UsageException("cannot read the event file '" + file + "'");
        }
        return path;
    }
}
