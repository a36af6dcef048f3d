package dev.kubesent.pipeline.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.OpinionRecord;
import dev.kubesent.consultation.Consultation;
import dev.kubesent.diagnosis.Advice;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Policies;
import dev.kubesent.pipeline.Replies;
import dev.kubesent.pipeline.work.Workers;
import dev.kubesent.remedy.SuggestedFix;
import dev.kubesent.text.Effort;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /diagnose}, also {@code /analyze}: the doctor alone. It reads no cluster, and changes nothing anywhere. */
public final class DiagnoseEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(DiagnoseEndpoint.class);
    /** The longest deadline of a model that the settings take is a minute, and a chain of them shares it; what takes longer computes. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Reply LATER = Replies.tryAgain("it was not begun in time");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Consultation consultation;
    private final long bodyLimit;
    private final Semaphore places;
    private final Workers workers;
    private final Clock clock;

    /** @param bodyLimit in bytes @param atOnce questions that are answered at the same time; more are to come again */
    public DiagnoseEndpoint(Doctor doctor, Policies policies, long bodyLimit, int atOnce, Clock clock) {
        this(doctor, policies, bodyLimit, atOnce, clock, new Workers("diagnosing", clock));
    }

    /** @param workers where the diagnoses are made */
    public DiagnoseEndpoint(
            Doctor doctor, Policies policies, long bodyLimit, int atOnce, Clock clock, Workers workers) {
        this.places = new Semaphore(atOnce);
        this.consultation = new Consultation(
                doctor, policies.ask(), policies.gate(), () -> OwnSignatures.NONE, Duration.ZERO, clock);
        this.bodyLimit = bodyLimit;
        this.workers = workers;
        this.clock = clock;
    }

    /** When the question that has been worked on longest was begun, answered or not. */
    public Optional<Instant> runsSince() {
        return workers.runsSince();
    }

    /** Never throws. */
    public Reply answer(Request request) {
        if (request.body().length > bodyLimit) {
            return EventEndpoint.tooLarge(bodyLimit);
        }
        if (!places.tryAcquire()) {
            return Replies.tryAgain("too many diagnoses are in progress");
        }
        var begun = new AtomicBoolean();
        try {
            return workers.call(() -> begun.compareAndSet(false, true) ? worked(request) : LATER, LONGEST);
        } catch (RejectedExecutionException e) {
            return Replies.tryAgain(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return Replies.problem(new Problem(Problem.Kind.TOO_LATE, "the diagnosis took longer than " + LONGEST));
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, in a diagnosis", e);
            return Replies.tryAgain("an internal error; the log has it");
        } finally {
            if (begun.compareAndSet(false, true)) {
                places.release(); // it was never begun, and is not any more
            }
        }
    }

    /** The place is free when the work has ended, and not when its answer is not waited for any more. */
    private Reply worked(Request request) {
        try {
            var evidence = Question.read(request.body(), clock.instant());
            return Effort.within(Effort.OF_AN_INCIDENT, () -> told(consultation.diagnose(evidence, null), evidence));
        } catch (Question.UnusableQuestionException e) {
            return Replies.problem(new Problem(Problem.Kind.UNUSABLE_QUESTION, String.valueOf(e.getMessage())));
        } finally {
            places.release();
        }
    }

    private Reply told(Consultation.Result result, Evidence evidence) {
        if (result.diagnosis().confidence() >= Confidence.KNOWN) {
            return ok(result, evidence);
        }
        var deferred = result.opinion().flatMap(opinion -> Optional.ofNullable(opinion.deferredUntil()));
        if (deferred.isPresent()) {
            return outOfQuota(deferred.get(), result.opinion().orElseThrow().note());
        }
        if (result.ended().filter(Opinion.Ended.TOO_LATE::equals).isPresent()) {
            var why = result.opinion().map(OpinionRecord::note).orElse("");
            return Replies.problem(new Problem(Problem.Kind.TOO_LATE, why));
        }
        return ok(result, evidence);
    }

    private static Reply ok(Consultation.Result result, Evidence evidence) {
        var body = body(result, evidence);
        result.opinion().ifPresent(opinion -> body.put("note", note(opinion)));
        return new Reply(200, Map.of("content-type", "application/json"), bytes(body));
    }

    private static String note(OpinionRecord opinion) {
        return opinion.dropped().isEmpty()
                ? opinion.note()
                : opinion.note() + "; dropped from its patch: " + String.join("; ", opinion.dropped());
    }

    private static ObjectNode body(Consultation.Result result, Evidence evidence) {
        var diagnosis = result.diagnosis();
        var body = JSON.objectNode();
        body.put("root_cause", diagnosis.explanation());
        body.put("cause", diagnosis.cause().name());
        body.put("place", diagnosis.cause().place().name().toLowerCase(Locale.ROOT));
        body.put(
                "advice",
                Advice.of(diagnosis.action(), evidence.failure().subject().container()));
        body.put("suggested_fix_yaml", SuggestedFix.of(diagnosis, evidence));
        body.put("confidence_score", diagnosis.confidence());
        body.put("source", result.byModel() ? diagnosis.rule() : "rules: " + diagnosis.rule());
        diagnosis.quotes().stream()
                .map(quote -> result.byModel() ? quote.text() : quote.toString())
                .forEach(body.withArray("/evidence")::add);
        return body;
    }

    private Reply outOfQuota(Instant until, String why) {
        var problem = Replies.problem(new Problem(Problem.Kind.OUT_OF_QUOTA, why));
        var headers = new HashMap<>(problem.headers());
        var seconds = Math.max(1, Duration.between(clock.instant(), until).toSeconds());
        headers.put("retry-after", String.valueOf(seconds));
        return new Reply(problem.status(), headers, problem.body());
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
