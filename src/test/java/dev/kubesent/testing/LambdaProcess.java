package dev.kubesent.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** KubeSent as Lambda's managed Java runtime starts it: AWS's own loop, our handler, settings as environment variables. */
public final class LambdaProcess implements AutoCloseable {

    private static final Pattern LOOP = Pattern.compile("/(aws-lambda-java-|utils-lite-)[^/]*\\.jar$");

    private final Process process;
    private final Path log;

    private LambdaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param settings over those of a function of {@link EksAuthenticator}'s cluster */
    public static LambdaProcess start(Path folder, RuntimeApi api, Map<String, String> settings) throws IOException {
        var log = folder.resolve("lambda.log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        // As the managed runtime sets it: the hooks of org.crac are those of AWS's loop.
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-cp",
                        classPath(),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        "dev.kubesent.function.LambdaHandler")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KUBESENT_") || name.startsWith("AWS_"));
        environment.putAll(ofLambda(api));
        environment.putAll(settings);
        return new LambdaProcess(builder.start(), log);
    }

    /** The tests' own; or, where LAMBDA_ROOT names the unpacked zip, that and the loop's jars (src/it/lambda.sh). */
    private static String classPath() {
        var tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var root = System.getenv("LAMBDA_ROOT");
        if (root == null) {
            return tests;
        }
        var loop = Arrays.stream(tests.split(File.pathSeparator))
                .filter(jar -> LOOP.matcher(jar).find());
        return Stream.concat(Stream.of(root, root + "/lib/*"), loop).collect(Collectors.joining(File.pathSeparator));
    }

    private static Map<String, String> ofLambda(RuntimeApi api) {
        var environment = new HashMap<String, String>();
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "kubesent");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/kubesent");
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "1");
        environment.put("LAMBDA_TASK_ROOT", Path.of("").toAbsolutePath().toString());
        environment.put("_HANDLER", "dev.kubesent.function.LambdaHandler");
        environment.put("AWS_REGION", "eu-central-1");
        return environment;
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
