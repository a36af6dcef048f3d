package dev.kubesent.function;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line of {@code serve} says.
 *
 * @param settings {@code --kubesent.*} by the name of the environment variable, over which they win
 * @param spring what is left, for Spring: {@code --server.port=8081}
 */
public record CommandLine(Then then, List<Path> replay, Map<String, String> settings, List<String> spring) {

    enum Then {
        SERVE,
        EXIT
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
                then = Then.EXIT;
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
        return EverySetting.ALL.stream()
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
