package dev.kubesent.testing;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every expression of {@code java.util.regex} that KubeSent holds: what can be reached from static fields, and what is written where
 * methods of {@code String} take one. Those of RE2/J are linear by construction, and are none of it.
 */
public final class PatternsOfTheJar {

    private static final String OURS = "dev.kubesent.";

    /** Methods that take an expression as text, and how many arguments come after it. */
    private static final Map<String, Integer> TAKE_ONE = Map.of(
            "java/lang/String.matches(Ljava/lang/String;)Z", 0,
            "java/lang/String.replaceAll(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;", 1,
            "java/lang/String.replaceFirst(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;", 1,
            "java/lang/String.split(Ljava/lang/String;)[Ljava/lang/String;", 0,
            "java/lang/String.split(Ljava/lang/String;I)[Ljava/lang/String;", 1,
            "java/lang/String.splitWithDelimiters(Ljava/lang/String;I)[Ljava/lang/String;", 1,
            "java/util/regex/Pattern.matches(Ljava/lang/String;Ljava/lang/CharSequence;)Z", 1,
            "java/util/regex/Pattern.compile(Ljava/lang/String;)Ljava/util/regex/Pattern;", 0,
            "java/util/regex/Pattern.compile(Ljava/lang/String;I)Ljava/util/regex/Pattern;", 1);

    private final Map<String, Pattern> found = new TreeMap<>();
    private final Set<String> notWritten = new java.util.TreeSet<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private int calls;

    private PatternsOfTheJar() {}

    /** @param classes the folder of the compiled main classes */
    public static PatternsOfTheJar in(Path classes) throws IOException {
        var patterns = new PatternsOfTheJar();
        try (var files = Files.walk(classes.resolve("dev/kubesent"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                patterns.written(file);
                patterns.held(classes.relativize(file).toString());
            }
        }
        return patterns;
    }

    /** By where it was seen first. */
    public Map<String, Pattern> all() {
        return found;
    }

    /** Methods, as {@code Class#method}, that make an expression of text that does not stand in the code. */
    public Set<String> notWritten() {
        return notWritten;
    }

    private void written(Path file) throws IOException {
        var model = ClassFile.of().parse(file);
        var type = model.thisClass().asInternalName().replace("dev/kubesent/", "");
        for (var method : model.methods()) {
            written(type, method);
        }
    }

    private void written(String type, MethodModel method) {
        var before = new ArrayList<Instruction>();
        method.code().ifPresent(code -> {
            for (CodeElement element : code) {
                if (element instanceof InvokeInstruction call && TAKE_ONE.containsKey(signature(call))) {
                    calls++;
                    var literal = literal(before, TAKE_ONE.get(signature(call)));
                    var where = type + "#" + method.methodName().stringValue();
                    literal.ifPresentOrElse(
                            text -> add(where + " " + calls, Pattern.compile(text)), () -> notWritten.add(where));
                }
                if (element instanceof InvokeDynamicInstruction reference && isHeldFor(reference)) {
                    notWritten.add(type + "#" + method.methodName().stringValue());
                }
                if (element instanceof Instruction instruction) {
                    before.add(instruction);
                }
            }
        });
    }

    /** {@code map(Pattern::compile)} */
    private static boolean isHeldFor(InvokeDynamicInstruction reference) {
        return reference.bootstrapArgs().stream()
                .anyMatch(argument -> argument instanceof DirectMethodHandleDesc method
                        && TAKE_ONE.containsKey(
                                method.owner().descriptorString().replaceAll("^L|;$", "") + "." + method.methodName()
                                        + method.lookupDescriptor()));
    }

    private static String signature(InvokeInstruction call) {
        return call.owner().asInternalName() + "." + call.name().stringValue()
                + call.type().stringValue();
    }

    /** @param after arguments behind it, each of which is one instruction, or it counts as not written */
    private static Optional<String> literal(List<Instruction> before, int after) {
        var at = before.size() - 1 - after;
        var arguments = before.subList(Math.max(0, at + 1), before.size());
        var simple = arguments.stream().allMatch(i -> i instanceof ConstantInstruction || i instanceof LoadInstruction);
        return simple
                        && at >= 0
                        && before.get(at) instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private void held(String file) {
        var name = file.replace('/', '.').replaceAll("\\.class$", "");
        if (name.endsWith("-info")) {
            return;
        }
        try {
            var type = Class.forName(name);
            for (var field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    look(name.substring(OURS.length()) + "." + field.getName(), field.get(null));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " cannot be looked into", e);
        }
    }

    private void look(String where, Object value) throws ReflectiveOperationException {
        switch (value) {
            case null -> {}
            case Pattern pattern -> add(where, pattern);
            case Collection<?> all -> lookAll(where, all);
            case Map<?, ?> map -> {
                lookAll(where, map.keySet());
                lookAll(where, map.values());
            }
            case Optional<?> optional -> look(where, optional.orElse(null));
            case Object[] array -> lookAll(where, List.of(array));
            default -> {
                if (value.getClass().getName().startsWith(OURS) && visited.add(value)) {
                    lookInto(where, value);
                }
            }
        }
    }

    private void lookAll(String where, Collection<?> values) throws ReflectiveOperationException {
        int number = 0;
        for (var value : List.copyOf(values)) {
            look(where + "[" + number++ + "]", value);
        }
    }

    private void lookInto(String where, Object object) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); type != Object.class && type != null; type = type.getSuperclass()) {
            if (!type.getName().startsWith(OURS)) {
                return;
            }
            for (var field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    look(where + "." + field.getName(), field.get(object));
                }
            }
        }
    }

    /** The same expression, however often it is met, is one. */
    private void add(String where, Pattern pattern) {
        var known = found.values().stream()
                .anyMatch(other -> other.pattern().equals(pattern.pattern()) && other.flags() == pattern.flags());
        if (!known) {
            found.put(where, pattern);
        }
    }
}
