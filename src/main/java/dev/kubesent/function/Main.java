package dev.kubesent.function;

import dev.kubesent.function.http.DoorRules;
import dev.kubesent.function.process.ApplicationLog;
import dev.kubesent.function.process.ResourceAttributes;
import dev.kubesent.function.process.TidyHeap;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts KubeSent. Exit code 2 means that the command line or a setting is wrong; one line says what. */
public final class Main {

    private static final String CLEANUP = "cleanup";

    private static final String SERVE = "serve";

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private Main() {}

    @SuppressWarnings("SystemOut") // the terminal is the interface here
    public static void main(String... arguments) {
        if (Terminal.isMeant(arguments)) {
            System.exit(Terminal.run(arguments));
        }
        if (arguments.length > 0 && arguments[0].equals(CLEANUP)) {
            CleanupMain.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        try {
            var isNamed = arguments.length > 0 && arguments[0].equals(SERVE);
            var commandLine = CommandLine.parse(Arrays.copyOfRange(arguments, isNamed ? 1 : 0, arguments.length));
            BuildCheck.refuseStaleCache();
            var given = new HashMap<>(System.getenv());
            given.putAll(commandLine.settings());
            EverySetting.refuseUnknown(given.keySet());
            var settings = Settings.read(given::get, Files.exists(SERVICE_ACCOUNT));
            checkReachable(settings, given);
            checkSink(given.getOrDefault("K_SINK", ""));
            run(commandLine, settings);
        } catch (UsageException e) {
            System.err.println("kubesent: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void run(CommandLine commandLine, Settings settings) {
        var context = start(commandLine, settings);
        TidyHeap.begin();
        context.getBean(LocalRun.class).replay();
        if (commandLine.then() == CommandLine.Then.EXIT) {
            System.exit(SpringApplication.exit(context));
        }
    }

    /** The port first, what heals beside it, and Spring behind both: see {@link Front} and {@link Opening}. */
    public static ConfigurableApplicationContext start(CommandLine commandLine, Settings settings) {
        var front = commandLine.then() == CommandLine.Then.EXIT
                ? Optional.<Front>empty()
                : WebSettings.read(commandLine.spring(), System.getenv()).map(web -> front(web, commandLine, settings));
        try {
            return startBehind(front, commandLine, settings);
        } catch (RuntimeException | Error e) {
            front.ifPresent(Front::close);
            throw e;
        }
    }

    private static Front front(WebSettings web, CommandLine commandLine, Settings settings) {
        var door = Door.early(settings);
        if (web.isManaged() || !commandLine.replay().isEmpty()) {
            door.early().need();
        }
        return Front.open(web, door);
    }

    private static ConfigurableApplicationContext startBehind(
            Optional<Front> front, CommandLine commandLine, Settings settings) {
        var opening = Opening.begin(settings);
        var usual = properties(settings);
        var before = front.filter(Front::servesWithoutSpring)
                .flatMap(open -> log(open, commandLine, usual)
                        .map(log -> new BeforeSpring(
                                open,
                                settings,
                                opening.core(name -> System.getenv().getOrDefault(name, "")),
                                log)));
        before.ifPresent(BeforeSpring::serve);
        // Boot's thread that makes ready what it guesses will be needed took a processor for a tenth of a second, and
        // nothing here used it.
        System.setProperty(WebSettings.NOT_BESIDE, "true");
        var application = new SpringApplication(KubeSentApplication.class, LocalPage.class);
        application.addInitializers(context -> {
            before.ifPresent(BeforeSpring::handOver);
            var core = before.map(BeforeSpring::core)
                    .orElseGet(
                            () -> opening.core(name -> context.getEnvironment().getProperty(name, "")));
            var beans = (GenericApplicationContext) context;
            beans.registerBean(Settings.class, () -> settings);
            beans.registerBean(CommandLine.class, () -> commandLine);
            beans.registerBean(Core.class, () -> Opening.await(core), definition -> {
                if (before.isPresent()) {
                    definition.setDestroyMethodName(""); // it outlives a Spring that does not start
                }
            });
            front.ifPresent(open -> {
                beans.registerBean(Front.class, () -> open);
                beans.registerBean(
                        TomcatServletWebServerFactory.class, () -> open.factory(() -> beans.getBean(DoorRules.class)));
            });
        });
        if (commandLine.then() == CommandLine.Then.EXIT) {
            application.setWebApplicationType(WebApplicationType.NONE);
        }
        application.setDefaultProperties(usual);
        var context = run(application, commandLine, before);
        front.ifPresent(open -> open.door().early().heal(Door.functions(context.getBean(Core.class), settings)));
        return context;
    }

    private static ConfigurableApplicationContext run(
            SpringApplication application, CommandLine commandLine, Optional<BeforeSpring> before) {
        var arguments = new ArrayList<>(commandLine.spring());
        before.ifPresent(_ -> arguments.add(BeforeSpring.KEEPS_THE_LOG));
        try {
            return application.run(arguments.toArray(String[]::new));
        } catch (RuntimeException | Error e) {
            before.ifPresent(BeforeSpring::end); // it has healed until now
            throw e;
        }
    }

    /** Empty where a setting of it is wrong, or one that only all of Boot's environment can say: then Spring starts at once, and Boot understands it or says what is wrong. */
    private static Optional<ApplicationLog> log(Front front, CommandLine commandLine, Map<String, Object> usual) {
        try {
            return Optional.of(
                    ApplicationLog.setUp(commandLine.spring(), front.settings().ours(), usual));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** What the user's own settings of Spring Boot win over. */
    private static Map<String, Object> properties(Settings settings) {
        // A local run is read by a person; what Spring does on the way is noise there.
        var level = settings.isLocal() ? "WARN" : "INFO";
        var pod = settings.cluster() == Settings.Cluster.IN_CLUSTER
                ? Optional.ofNullable(System.getenv("HOSTNAME"))
                : Optional.<String>empty();
        var properties = new HashMap<>(
                ResourceAttributes.properties(settings.policies().gate().ownNamespace(), pod));
        properties.put("spring.main.banner-mode", "off");
        properties.put("logging.level.root", level);
        properties.put("logging.level.kubesent.incidents", level);
        // Who is asked where the rules do not know: said once, everywhere.
        properties.put("logging.level." + Doctors.LOGGER, "INFO");
        return properties;
    }

    private static void checkReachable(Settings settings, Map<String, String> given) {
        switch (settings.cluster()) {
            case EMBEDDED, EKS -> {}
            case KUBECONFIG -> checkKubeconfig(given);
            case IN_CLUSTER -> {
                if (!Files.exists(SERVICE_ACCOUNT)) {
                    throw new UsageException("KUBESENT_CLUSTER is in-cluster, and this is no pod: " + SERVICE_ACCOUNT
                            + " does not exist");
                }
            }
        }
    }

    /** Before the port is open: a Revision that was ready once stays so for Knative, also if it ends a second later. */
    private static void checkSink(String sink) {
        try {
            var _ = URI.create(sink.strip());
        } catch (IllegalArgumentException e) {
            throw new UsageException("K_SINK is no address: " + e.getMessage());
        }
    }

    private static void checkKubeconfig(Map<String, String> given) {
        var files = given.getOrDefault("KUBECONFIG", System.getProperty("user.home") + "/.kube/config");
        for (var file : files.split(File.pathSeparator)) {
            if (Files.isReadable(Path.of(file))) {
                return;
            }
        }
        throw new UsageException("KUBESENT_CLUSTER is kubeconfig, and '" + files + "' cannot be read");
    }
}
