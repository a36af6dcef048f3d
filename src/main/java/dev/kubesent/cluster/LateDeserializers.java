package dev.kubesent.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Has Jackson learn a class of Kubernetes' API when a document has an object of it, and not with the first pod: a pod may hold objects of 150 classes, and
 * has a dozen. In a process that has just been started nothing is compiled, and to learn them all took as long as Quarkus takes to start
 * (docs/decisions/0127).
 */
final class LateDeserializers extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1;

    private static final String MODEL = "io.fabric8.kubernetes.api.model";

    @Override
    public BeanDeserializerBuilder updateBuilder(
            DeserializationConfig config, BeanDescription described, BeanDeserializerBuilder builder) {
        var late = new ArrayList<SettableBeanProperty>();
        builder.getProperties().forEachRemaining(property -> {
            if (isLate(property)) {
                late.add(property.withValueDeserializer(new Late(property)));
            }
        });
        late.forEach(property -> builder.addOrReplaceProperty(property, true));
        return builder;
    }

    /** One object of a class that says nothing of its own about how it is read; lists and maps are learnt at once. */
    private static boolean isLate(SettableBeanProperty property) {
        var type = property.getType();
        return type.getRawClass().getName().startsWith(MODEL)
                && type.isConcrete()
                && !type.isEnumType()
                && !property.hasValueDeserializer()
                && !property.hasValueTypeDeserializer();
    }

    private static final class Late extends JsonDeserializer<Object> {

        private final BeanProperty property;

        private volatile @Nullable JsonDeserializer<Object> learnt;

        Late(BeanProperty property) {
            this.property = property;
        }

        private JsonDeserializer<Object> real(DeserializationContext context) throws IOException {
            var known = learnt;
            if (known == null) {
                known = context.findContextualValueDeserializer(property.getType(), property);
                learnt = known;
            }
            return known;
        }

        @Override
        public @Nullable Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return real(context).deserialize(json, context);
        }

        @Override
        public @Nullable Object deserializeWithType(
                JsonParser json, DeserializationContext context, TypeDeserializer type) throws IOException {
            return real(context).deserializeWithType(json, context, type);
        }
    }
}
