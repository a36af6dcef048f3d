package dev.kubesent.function;

import dev.kubesent.function.http.DoorRules;
import dev.kubesent.function.http.DoorValve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Container;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.modeler.Registry;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.util.FileSystemUtils;

/**
 * The port, open before there is an application: one Tomcat that has the door only, which Spring's part joins when it is ready. A function at zero
 * is started by an event, and most events end at the door: a bare Tomcat listens after 0.2 s, and Spring is there a second later.
 *
 * <p>The web server's settings are those of {@code application.properties}, by the same names. Where anybody sets more of it than the port,
 * Boot sets up the server instead, and the port opens when all is ready ({@link WebSettings}).
 */
final class Front {

    /** Held, so that its level is: at INFO Tomcat tells of itself before the application's log is set up. */
    private static final Logger TOMCATS = Logger.getLogger("org.apache");

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Tomcat tomcat = new Tomcat();
    private final WebSettings settings;
    private final DoorValve door;

    private Front(WebSettings settings, DoorValve door) {
        this.settings = settings;
        this.door = door;
    }

    /** @throws UsageException where the port is taken */
    static Front open(WebSettings settings, DoorValve door) {
        TOMCATS.setLevel(Level.WARNING);
        var log = beginLog();
        Registry.disableRegistry(); // of MBeans, as Boot does: they cost a tenth of the start
        var front = new Front(settings, door);
        front.listen();
        try {
            log.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return front;
    }

    /**
     * Beside the port: SLF4J and Logback look through all jars, which is a quarter of what is done until it is open. So nothing that is needed until then may
     * hold a logger: SLF4J gives a substitute to who asks meanwhile, and Boot does not start where it finds one. Boot also sets the level that is asked for;
     * until then all would be told.
     */
    private static Thread beginLog() {
        return Thread.ofPlatform()
                .name("log")
                .daemon()
                .start(() -> ((ch.qos.logback.classic.Logger)
                                LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
                        .setLevel(ch.qos.logback.classic.Level.WARN));
    }

    private void listen() {
        var folder = folder();
        tomcat.setBaseDir(folder.toString());
        tomcat.getServer().addLifecycleListener(event -> remove(event, folder));
        tomcat.setConnector(connector(settings));
        tomcat.getHost().setAutoDeploy(false);
        tomcat.getEngine().getPipeline().addValve(door);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            close();
            throw e.getCause() instanceof BindException
                    ? new UsageException("port " + settings.port()
                            + " is taken by another process: --server.port=8081 takes another")
                    : new IllegalStateException("Tomcat does not start", e);
        }
    }

    private static Connector connector(WebSettings settings) {
        var protocol = new BoundAtStart();
        var connector = new Connector(protocol);
        connector.setThrowOnFailure(true);
        protocol.setPort(settings.port()); // of the connector's own way, by reflection, the first answer would wait
        protocol.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("tomcat-handler-", 0).factory()));
        protocol.setMaxConnections(settings.number("max-connections"));
        protocol.setAcceptCount(settings.number("accept-count"));
        protocol.setMaxSwallowSize(settings.number("max-swallow-size"));
        protocol.setConnectionTimeout((int) settings.time("connection-timeout").toMillis());
        protocol.setKeepAliveTimeout((int) settings.time("keep-alive-timeout").toMillis());
        return connector;
    }

    /** As Boot has it: only so does a graceful stop close the socket. */
    private static final class BoundAtStart extends Http11NioProtocol {

        BoundAtStart() {
            getEndpoint().setBindOnInit(false);
        }
    }

    /** Named by the time: a random name would have the port wait for all of the JDK's security providers. What exists is not taken, whoever made it. */
    private static Path folder() {
        try {
            var folder = Path.of(System.getProperty("java.io.tmpdir"), "tomcat" + System.nanoTime());
            return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER))
                    : Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the web server needs a folder for its temporary files", e);
        }
    }

    private static void remove(LifecycleEvent event, Path folder) {
        if (event.getType().equals(Lifecycle.AFTER_DESTROY_EVENT)) {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    WebSettings settings() {
        return settings;
    }

    DoorValve door() {
        return door;
    }

    /** Whether events, sweeps and probes are served before Spring's application is there. A span cannot be made later: where traces go somewhere, an event waits for Spring. */
    boolean servesWithoutSpring() {
        return door.early().takesEvents() && !settings.isTraced();
    }

    /** The one that is listened to. */
    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** For Spring: its context joins the Tomcat that is running, and the door opens when all else has been started. */
    TomcatServletWebServerFactory factory(Supplier<DoorRules> rules) {
        return new Joining(rules);
    }

    /** Where there will be no application. Boot may have ended the server already. */
    void close() {
        if (tomcat.getServer().getState() == LifecycleState.DESTROYED) {
            return;
        }
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        }
    }

    private static void start(Container context) {
        try {
            context.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Spring's part does not start", e);
        }
    }

    private final class Joining extends TomcatServletWebServerFactory {

        private final Supplier<DoorRules> rules;

        Joining(Supplier<DoorRules> rules) {
            this.rules = rules;
        }

        @Override
        protected Tomcat createTomcat(TempDirs folders) {
            ((StandardHost) tomcat.getHost()).setStartChildren(false); // not before it has been set up
            return tomcat;
        }

        @Override
        protected TomcatWebServer getTomcatWebServer(Tomcat running) {
            for (var context : running.getHost().findChildren()) {
                start(context);
            }
            return new TomcatWebServer(running, true, Shutdown.GRACEFUL) {
                @Override
                public void start() {
                    super.start();
                    door.open(rules.get());
                }
            };
        }
    }
}
