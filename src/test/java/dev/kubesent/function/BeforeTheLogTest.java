package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.event.FirstLook;
import dev.kubesent.function.http.Bodies;
import dev.kubesent.function.http.DoorValve;
import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.function.http.UnderWay;
import dev.kubesent.sender.Doorkeeper;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The log is set up beside the port ({@link Front}): a logger that was asked for meanwhile is a substitute, and may tell nothing for ever. */
class BeforeTheLogTest {

    private static final List<Class<?>> AT_THE_DOOR = List.of(
            Main.class,
            Settings.class,
            WebSettings.class,
            EverySetting.class,
            BuildCheck.class,
            CommandLine.class,
            Door.class,
            FirstLook.class,
            Bodies.class,
            DoorValve.class,
            EarlyDoor.class,
            Entrance.class,
            UnderWay.class,
            Doorkeeper.class);

    @Test
    void what_answers_before_it_is_there_holds_no_logger() {
        assertThat(AT_THE_DOOR.stream().flatMap(BeforeTheLogTest::loggers)).isEmpty();
        assertThat(loggers(Opening.class)).as("it finds them").isNotEmpty();
    }

    private static Stream<Field> loggers(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).filter(field -> field.getType() == Logger.class);
    }
}
