package dev.kubesent.function;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.lambda.LambdaEndpoint;
import dev.kubesent.pipeline.DiagnoseEndpoint;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.SweepEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The same wiring, as a Lambda function. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(KubeSentApplication.class)
class LambdaApplication {

    @Bean
    Settings settings() {
        var given = new HashMap<>(System.getenv());
        Settings.refuseUnknown(given.keySet());
        return Settings.read(given::get, false);
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

    @Bean
    LambdaEndpoint lambdaEndpoint(
            Entrance entrance, EventEndpoint heal, SweepEndpoint sweep, DiagnoseEndpoint diagnose, Clock clock) {
        return new LambdaEndpoint(
                (method, path, request) -> entrance.instead(method, path, request)
                        .orElseGet(() -> route(path, heal, sweep, diagnose).apply(request)),
                heal::answer,
                sweep::answer,
                clock);
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
