package dev.kubesent.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which objects a list is to have, by values of their fields. All terms have to hold. A field that is not set counts as empty, as the API
 * server has it (tried on 1.35).
 *
 * @param terms none for all objects
 */
public record FieldSelector(List<Term> terms) {

    /** Every object. */
    public static final FieldSelector ALL = new FieldSelector(List.of());

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /**
     * One condition.
     *
     * @param field as {@code status.phase}; metadata.name and metadata.namespace always work, others where the CRD names them in
     *     selectableFields
     * @param wanted whether the field has this value, or has it not
     */
    public record Term(String field, boolean wanted, String value) {

        private String text() {
            return field + (wanted ? "=" : "!=") + escaped(value);
        }

        private boolean holds(JsonNode object) {
            var is = object.at("/" + field.replace('.', '/')).asText("");
            return is.equals(value) == wanted;
        }

        /** As apimachinery's fields.EscapeValue. */
        private static String escaped(String value) {
            return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
        }
    }

    public static FieldSelector where(String field, String value) {
        return ALL.and(field, value);
    }

    public FieldSelector and(String field, String value) {
        return with(new Term(field, true, value));
    }

    public FieldSelector andNot(String field, String value) {
        return with(new Term(field, false, value));
    }

    /** As the query parameter {@code fieldSelector} has it, before it is encoded for the URL. */
    public String text() {
        return terms.stream().map(Term::text).collect(Collectors.joining(","));
    }

    /** For where no server picks them out. @param object as JSON */
    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> term.holds(object));
    }

    private FieldSelector with(Term term) {
        var more = new ArrayList<>(terms);
        more.add(term);
        return new FieldSelector(more);
    }
}
