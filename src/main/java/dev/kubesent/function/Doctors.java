package dev.kubesent.function;

import com.google.genai.Client;
import dev.kubesent.diagnosis.gemini.GeminiModel;
import dev.kubesent.diagnosis.model.Budget;
import dev.kubesent.diagnosis.model.ChainDoctor;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelCalls;
import dev.kubesent.diagnosis.model.ModelChain;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.diagnosis.model.Rationed;
import dev.kubesent.diagnosis.remote.RemoteDoctor;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/** Sets up whoever is asked where the rules do not know, and says once at the start who that is. */
final class Doctors {

    static final String LOGGER = "kubesent.doctor";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private Doctors() {}

    /** @param environment in which Google's SDK looks for a key, or for Vertex AI */
    static Doctor of(DoctorSettings settings, Map<String, String> environment, ModelCalls calls, Clock clock) {
        if (settings.url().isPresent()) {
            LOG.info(
                    "where the rules do not know, the doctor at {} is asked",
                    settings.url().get().getHost());
            return new RemoteDoctor(settings.url().get(), settings.deadline(), settings.addresses(), clock);
        }
        if (settings.models().isEmpty()) {
            LOG.info("no model is asked: KUBESENT_GEMINI_MODELS is empty; the rules alone diagnose");
            return Doctor.none();
        }
        if (!hasKey(environment)) {
            LOG.info("no model is asked: neither GOOGLE_API_KEY nor GEMINI_API_KEY is set; the rules alone diagnose");
            return Doctor.none();
        }
        LOG.info("where the rules do not know, {} are asked", settings.models());
        var chain = new ModelChain(
                settings.models(),
                new GeminiModel(SingletonSupplier.of(() -> Client.builder().build())),
                settings.deadline(),
                new Budget(settings.perMinute(), settings.perDay(), clock),
                calls,
                clock);
        return new ChainDoctor(new PromptWriter(settings.addresses()), chain, clock);
    }

    /** For whoever asks from outside: the same, so many times a day. */
    static Doctor forQuestions(Doctor doctor, DoctorSettings settings, Map<String, String> environment, Clock clock) {
        var isSetUp = settings.url().isPresent() || (!settings.models().isEmpty() && hasKey(environment));
        return isSetUp
                ? new Rationed(doctor, new Budget(settings.perMinute(), settings.questionsPerDay(), clock))
                : doctor;
    }

    private static boolean hasKey(Map<String, String> environment) {
        return Stream.of("GOOGLE_API_KEY", "GEMINI_API_KEY")
                        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank())
                || "true".equalsIgnoreCase(environment.getOrDefault("GOOGLE_GENAI_USE_VERTEXAI", ""));
    }
}
