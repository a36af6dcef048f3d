package dev.kubesent.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Tells the shapes of an invocation apart. They carry no type of their own, so each is known by the fields that AWS documents for it
 * (docs.aws.amazon.com/lambda/latest/dg: services-apigateway, urls-invocation, with-sqs, with-sns). Pure; never throws for bad input.
 */
final class InvocationReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private InvocationReader() {}

    static Invocation read(byte[] payload) {
        try {
            var json = JSON.readTree(payload);
            if (json.path("requestContext").isObject()) {
                return HttpInvocation.read(json);
            }
            return json.path("Records").isArray() ? records(json.path("Records")) : told(Envelope.open(json, ""));
        } catch (JsonProcessingException e) {
            return told(new Payload.Unusable(Envelope.notJson("payload", e)));
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", e);
        }
    }

    private static Invocation told(Payload carried) {
        return new Invocation.Told(List.of(carried));
    }

    /** SQS writes {@code eventSource}, SNS {@code EventSource}. All records of an invocation are of one kind. */
    private static Invocation records(JsonNode records) {
        var all = records.valueStream().toList();
        if (!all.isEmpty() && all.stream().allMatch(record -> is("aws:sqs", record.path("eventSource")))) {
            return new Invocation.Batch(all.stream()
                    .map(record -> new Invocation.Message(
                            record.path("messageId").asText(),
                            Envelope.open(
                                    record.path("body").asText(),
                                    Attributes.ofSqs(record.path("messageAttributes")),
                                    record.path("messageId").asText())))
                    .toList());
        }
        if (!all.isEmpty() && all.stream().allMatch(record -> is("aws:sns", record.path("EventSource")))) {
            return new Invocation.Told(all.stream()
                    .map(record -> Envelope.ofSns(record.path("Sns")))
                    .toList());
        }
        return told(new Payload.Unusable("records of something else than SQS or SNS"));
    }

    private static boolean is(String source, JsonNode field) {
        return source.equals(field.asText());
    }
}
