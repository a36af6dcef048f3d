package dev.kubesent.cluster;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever adds a read gives it a bound, or does not get it past this. */
class NoEndlessListTest {

    /** Refuses what is more than few, or has a bound of its own, which its Javadoc names. */
    private static final Set<String> BOUNDED_THEMSELVES = Set.of("list", "eventsAbout");

    @Test
    void every_read_of_the_port_that_gives_many_takes_a_bound() {
        var many = Arrays.stream(ClusterReader.class.getMethods())
                .filter(NoEndlessListTest::givesMany)
                .filter(method -> !BOUNDED_THEMSELVES.contains(method.getName()))
                .toList();

        assertThat(many).allMatch(NoEndlessListTest::takesABound);
        assertThat(many).extracting(Method::getName).contains("each", "podMetrics");
    }

    private static boolean givesMany(Method method) {
        return method.getReturnType() == Extent.class || Collection.class.isAssignableFrom(method.getReturnType());
    }

    private static boolean takesABound(Method method) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(type -> type == Bound.class || type == int.class);
    }

    @Test
    void nobody_asks_the_client_for_a_list_without_a_limit() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.kubesent");

        noClasses()
                .should()
                .callMethodWhere(describe("a list of all that there is", NoEndlessListTest::isOfAll))
                .check(classes);
        assertThat(classes.stream()
                        .flatMap(one -> one.getMethodCallsFromSelf().stream())
                        .filter(NoEndlessListTest::isList))
                .isNotEmpty();
    }

    private static boolean isOfAll(JavaMethodCall call) {
        return isList(call) && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isList(JavaMethodCall call) {
        return call.getTarget().getName().equals("list")
                && call.getTargetOwner().isAssignableTo(Listable.class);
    }
}
