package dev.kubesent.function;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.lambda.LambdaEndpoint;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.SweepEndpoint;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.pipeline.work.TimedWork;
import dev.kubesent.time.StageClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The same wiring, as a Lambda function. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(KubeSentApplication.class)
class LambdaApplication {

    @Bean
    Settings settings() {
        var given = new HashMap<>(System.getenv());
        EverySetting.refuseUnknown(given.keySet());
        var settings = Settings.read(given::get, false);
        if (settings.isLocal()) {
            // Every event would be of a pod that is not there, and answered as if it were well.
            throw new UsageException(
                    "KUBESENT_CLUSTER is embedded, and a Lambda function has no cluster in it: set eks");
        }
        return settings;
    }

    @Bean
    CommandLine commandLine() {
        return CommandLine.parse();
    }

    /** Of everything that came, as bytes: the adapter would take an envelope apart, and a part of it for the whole. */
    @Bean(LambdaHandler.FUNCTION)
    Function<InputStream, byte[]> lambda(LambdaEndpoint endpoint) {
        return new Function<>() {
            @Override
            public byte[] apply(InputStream payload) {
                try {
                    return endpoint.answer(payload.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException("Lambda's payload cannot be read", e);
                }
            }
        };
    }

    /** Half of the time that template.yaml gives to an invocation, so that whatever was begun can end. */
    static final Duration TIME = Duration.ofSeconds(150);

    @Bean
    TimedWork timedWork() {
        return new TimedWork(TIME, Clock.systemUTC());
    }

    @Bean
    Core core(Settings settings, TimedWork work, Environment environment) {
        var clock = new StageClock();
        return Core.of(
                settings, name -> environment.getProperty(name, ""), Connection.to(settings, clock), work, clock);
    }

    @Bean
    LambdaEndpoint lambdaEndpoint(TimedWork work, Core core, Entrance entrance, DiagnoseEndpoint diagnose) {
        var heal = core.endpoint();
        var sweep = core.sweeps();
        return new LambdaEndpoint(
                work::begin,
                (method, path, request) -> entrance.instead(method, path, () -> request)
                        .orElseGet(() -> route(path, heal, sweep, diagnose).apply(request)),
                heal::answer,
                sweep::answer);
    }

    private static Function<Request, Reply> route(
            String path, EventEndpoint heal, SweepEndpoint sweep, DiagnoseEndpoint diagnose) {
        return switch (path) {
            case "/sweep" -> sweep::answer;
            case "/diagnose", "/analyze" -> diagnose::answer;
            default -> heal::answer; // the entrance lets in no other than / and /heal
        };
    }

    @Bean
    Priming priming(Settings settings) {
        return new Priming(settings.eks());
    }
}
