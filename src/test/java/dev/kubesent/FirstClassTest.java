package dev.kubesent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * Two classes whose static fields need each other work where one of them is the first that is used, and where the other is, one finds the other's fields null, for good: the door
 * answered 500 to every event. And two threads that begin with one each wait for each other for ever.
 */
class FirstClassTest {

    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void whichever_class_is_used_first_it_is_initialized() throws IOException {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.kubesent").stream()
                        .filter(type -> type.getStaticInitializer().isPresent())
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
        assertThat(classes).hasSizeGreaterThan(400);
        var wrong = new ArrayList<String>();
        for (var name : classes) {
            try (var anew = new Anew()) {
                Class.forName(name, true, anew);
            } catch (ClassNotFoundException | LinkageError e) {
                wrong.add(name + ": " + (e.getCause() == null ? e : e.getCause()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Loads our classes anew, and no other. */
    private static final class Anew extends URLClassLoader {

        Anew() throws MalformedURLException {
            super(new URL[] {CLASSES.toUri().toURL()}, FirstClassTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.kubesent.")) {
                return super.loadClass(name, resolve);
            }
            var loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
