package dev.kubesent.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;

/**
 * Writes an object as nobody does who means well, and as every reader of JSON takes it: with white space, letters of keys and values escaped,
 * members in any order and twice; now and then with something behind its end, or cut short.
 */
final class StrangeJson {

    private final Random random;
    private final JsonNode donor;
    private final StringBuilder text = new StringBuilder();
    /** How many in a thousand places are strange: in many documents none, so that one alone is met as well. */
    private final int often;

    private final boolean reorders;

    /** @param donor another object: its members of the same name are what stands twice */
    StrangeJson(Random random, JsonNode donor) {
        this.random = random;
        this.donor = donor;
        this.often = new int[] {0, 2, 2, 20, 200}[random.nextInt(5)];
        this.reorders = random.nextInt(4) == 0;
    }

    byte[] written(JsonNode node) {
        value(node, donor);
        switch (random.nextInt(20)) {
            case 0 -> text.append('\n');
            case 1 -> text.append(",\"status\":{\"phase\":\"Running\"}}");
            case 2 -> text.append("{\"a\":0,\"status\":{\"phase\":\"Running\"}}");
            case 3 -> text.setLength(random.nextInt(text.length()));
            case 4 -> text.insert(random.nextInt(text.length()), ",\"status\":{\"phase\":\"Running\"}");
            default -> {}
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonNode node, JsonNode other) {
        space();
        if (node.isObject()) {
            object(node, other);
        } else if (node.isArray()) {
            text.append('[');
            for (int i = 0; i < node.size(); i++) {
                text.append(i > 0 ? "," : "");
                value(node.get(i), other.path(i));
            }
            text.append(']');
        } else if (node.isTextual()) {
            quoted(node.textValue());
        } else {
            text.append(node);
        }
        space();
    }

    private void object(JsonNode node, JsonNode other) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        if (reorders) {
            Collections.shuffle(names, random);
        }
        text.append('{');
        var separator = "";
        for (var name : names) {
            boolean isTwice = isStrange() && other.has(name);
            boolean isFirst = random.nextBoolean();
            text.append(separator);
            if (isTwice && isFirst) {
                member(name, other.get(name));
                text.append(',');
            }
            member(name, node.get(name), other.path(name));
            if (isTwice && !isFirst) {
                text.append(',');
                member(name, other.get(name));
            }
            separator = ",";
        }
        text.append('}');
    }

    private void member(String name, JsonNode value) {
        member(name, value, value);
    }

    private void member(String name, JsonNode value, JsonNode other) {
        space();
        quoted(name);
        space();
        text.append(':');
        value(value, other);
    }

    private void quoted(String plain) {
        text.append('"');
        for (char c : plain.toCharArray()) {
            if (isStrange() || c < ' ' || c == '"' || c == '\\') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void space() {
        if (isStrange()) {
            text.append(" \t\r\n".charAt(random.nextInt(4)));
        }
    }

    private boolean isStrange() {
        return random.nextInt(1000) < often;
    }
}
