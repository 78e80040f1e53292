// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.CANARY;
import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.reflect.AvroSchema;
import org.apache.avro.reflect.Nullable;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.reflect.Stringable;
import org.apache.avro.reflect.Union;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain classes and Java records, by Avro's reflect model. */
class AvroReflectTest {
    private static final String TOPIC = "t";

    @TempDir
    Path folder;

    record Point(int x, int y) {}

    static class Animal {
        String name = "";
    }

    static final class Dog extends Animal {
        int teeth = 42;
    }

    static final class Owner {
        String name = "";
        Animal pet = new Animal();
        Map<String, Integer> ages = new LinkedHashMap<>();

        @Nullable
        String note;
    }

    @Test
    void aPlainClassComesBackWithAllItsFields() {
        byte[] encoded = encode(Article.class, Article.sample());
        Article back = requireNonNull(new AvroDeserializer<>(Article.class).deserialize(TOPIC, encoded));
        assertThat(back)
                .usingRecursiveComparison()
                .ignoringFields("ignored", "passing")
                .isEqualTo(Article.sample());
    }

    @Test
    void aJavaRecordIsWrittenInTheOrderOfItsFieldsNamesAndComesBack() {
        byte[] encoded = encode(Point.class, new Point(1, -1));
        assertThat(HexFormat.of().formatHex(encoded, 10, encoded.length)).isEqualTo("0201");
        assertThat(new AvroDeserializer<>(Point.class).deserialize(TOPIC, encoded))
                .isEqualTo(new Point(1, -1));
    }

    @Test
    void theSchemaAndTheBytesAreThoseOfAvrosReflectModel() {
        Schema schema = ReflectData.get().getSchema(Owner.class);
        assertThat(new ReflectModel(Owner.class, false).schema()).isEqualTo(schema);
        assertThat(new ReflectModel(Article.class, false).schema())
                .isEqualTo(ReflectData.get().getSchema(Article.class));
        assertThat(new ReflectModel(Owner.class, true).schema())
                .isEqualTo(ReflectData.AllowNull.get().getSchema(Owner.class));
        byte[] encoded = new AvroSerializer<>(Owner.class).serialize(TOPIC, owner());
        assertThat(AvroDeserializer.generic(schema).deserialize(TOPIC, encoded))
                .hasToString("{\"ages\": {\"a\": 1}, \"name\": \"o\", \"note\": null, \"pet\": {\"name\": \"p\"}}");
    }

    private static Owner owner() {
        Owner owner = new Owner();
        owner.name = "o";
        owner.pet.name = "p";
        owner.ages.put("a", 1);
        return owner;
    }

    @Test
    void whatAvroWouldAlterOrDropIsRefusedWithItsPlace() {
        Owner cut = owner();
        cut.pet.name = CANARY + "\uD83E";
        assertRefused(cut, " at $.pet.name: at index 10 (of 11, counted from 0) stands one half of a surrogate pair");
        Owner key = owner();
        key.ages.put("\uD83E", 1);
        assertRefused(key, " at $.ages: in a key, at index 0 ");
        Owner dog = owner();
        dog.pet = new Dog();
        assertRefused(
                dog,
                " at $.pet: a io.kurier.serializers.avro.AvroReflectTest$Dog stands where the schema has record"
                        + " io.kurier.serializers.avro.AvroReflectTest.Animal (fingerprint ");
        assertRefused(dog, "and the schema does not have its field teeth");
        AvroSerializer<Animal> animals = new AvroSerializer<>(Animal.class);
        assertThatThrownBy(() -> animals.serialize(TOPIC, new Dog()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(" at $: ");
        assertThat(animals.serialize(TOPIC, new Animal())).hasSize(11);
    }

    @Test
    @SuppressWarnings("NullAway") // what a field holds at run time
    void aNullInAFieldThatIsNotNullableIsRefusedUnlessAKeyAllowsIt() {
        Owner owner = owner();
        owner.name = null;
        assertRefused(
                owner,
                "Owner as Avro at $.name: null stands where the schema has string. Annotate the field with"
                        + " org.apache.avro.reflect.Nullable, or set reflect.nullable");
        AvroSerializer<Owner> serializer = new AvroSerializer<>(Owner.class);
        AvroDeserializer<Owner> deserializer = new AvroDeserializer<>(Owner.class);
        Map<String, String> config = Map.of("value.avro.reflect.nullable", "true");
        serializer.configure(config, false);
        deserializer.configure(config, false);
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, owner)))
                .usingRecursiveComparison()
                .isEqualTo(owner);
        assertThatThrownBy(() -> serializer.configure(Map.of("avro.reflect.nullable", "perhaps"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("avro.reflect.nullable");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Owner owner, String message) {
        return assertThatThrownBy(() -> new AvroSerializer<>(Owner.class).serialize(TOPIC, owner))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(message)
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY));
    }

    static final class WithDate {
        Date at = new Date(0);
    }

    static final class WithKeys {
        Map<Integer, String> names = Map.of();
    }

    static final class WithTree {
        TreeMap<String, String> names = new TreeMap<>();
    }

    static final class Empty {
        transient int nothing;
    }

    static final class WithThread {
        Thread thread = new Thread();
    }

    @Test
    void aClassWhoseValuesWouldBeLostStopsTheStart() {
        assertStopped(WithDate.class, "a field is a java.util.Date, whose content Avro's reflect model does not see");
        assertStopped(
                WithKeys.class, "a map has keys of the type java.lang.Integer, and Avro's maps have keys of text");
        assertStopped(WithTree.class, "a field is a java.util.TreeMap, which Avro cannot create");
        assertStopped(WithThread.class, "a field is a java.lang.");
        assertStopped(Empty.class, "it has no fields, apart from static and transient ones");
    }

    private static void assertStopped(Class<?> type, String reason) {
        assertThatThrownBy(() -> new AvroSerializer<>(type))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "avro cannot write the type " + type.getTypeName() + " by Avro's reflect model: ")
                .hasMessageContaining(reason);
    }

    static final class NoConstructor {
        final String name;

        NoConstructor(String name) {
            this.name = name;
        }
    }

    @Test
    void aClassThatCannotBeCreatedIsWrittenAndNotRead() {
        assertThat(new AvroSerializer<>(NoConstructor.class).serialize(TOPIC, new NoConstructor("a")))
                .hasSize(12);
        assertThatThrownBy(() -> new AvroDeserializer<>(NoConstructor.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "avro cannot read the type io.kurier.serializers.avro.AvroReflectTest$NoConstructor by Avro's"
                                + " reflect model: io.kurier.serializers.avro.AvroReflectTest$NoConstructor has no constructor"
                                + " without parameters. Add one, which may be private, or make the class a Java record");
    }

    @Test
    void aClassIsWrittenUnderAFilesSchemaByTheNamesOfItsFields() throws IOException {
        String file = file("{'type':'record','name':'Coordinates','namespace':'com.example','fields':["
                + "{'name':'y','type':'long'},{'name':'x','type':['null','int']}]}");
        Map<String, String> config = Map.of("avro.type", Point.class.getName(), "avro.schema", file);
        AvroSerializer<Point> serializer = new AvroSerializer<>();
        serializer.configure(config, false);
        AvroDeserializer<Point> deserializer = new AvroDeserializer<>();
        byte[] encoded = requireNonNull(serializer.serialize(TOPIC, new Point(1, 2)));
        assertThat(HexFormat.of().formatHex(encoded, 10, encoded.length)).isEqualTo("040202");
        assertThat(AvroDeserializer.generic(Schemas.read("schema", file)).deserialize(TOPIC, encoded))
                .hasToString("{\"y\": 2, \"x\": 1}");
        deserializer.configure(config, false);
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, encoded))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the schemas do not match: ");
    }

    @Test
    void aFilesSchemaWithMoreFieldsNeedsTheClasssName() throws IOException {
        String namespace = "'namespace':'io.kurier.serializers.avro.AvroReflectTest','fields':["
                + "{'name':'x','type':'int'},{'name':'y','type':'int'}";
        SerializerSettings settings = settings(
                Point.class,
                file("{'type':'record','name':'Point'," + namespace + ",{'name':'z','type':'int','default':9}]}"));
        byte[] encoded = serializer(settings).serialize(TOPIC, new Point(1, 2));
        assertThat(HexFormat.of().formatHex(encoded, 10, encoded.length)).isEqualTo("020412");
        assertThat(deserializer(settings).deserialize(TOPIC, encoded)).isEqualTo(new Point(1, 2));
        String fewer = file("{'type':'record','name':'Point','namespace':'io.kurier.serializers.avro.AvroReflectTest',"
                + "'fields':[{'name':'x','type':'int'}]}");
        assertThatThrownBy(() -> serializer(settings(Point.class, fewer)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "which cannot be written under it without loss: at $.y: the declared schema does not"
                                + " have this field, and its value would be dropped");
    }

    @Test
    void anOlderSchemaIsResolvedToTheClass() {
        Schema older = schema("{'type':'record','name':'Owner','fields':[{'name':'name','type':'string'},"
                + "{'name':'gone','type':'int'},{'name':'pet','type':{'type':'record','name':'Pet','fields':["
                + "{'name':'name','type':'string'}]}},{'name':'ages','type':{'type':'map','values':'int'}}]}");
        GenericRecord value = record(older, "o", 1, record(older.getField("pet").schema(), "p"), Map.of("a", 1));
        assertThat(new AvroDeserializer<>(Owner.class, older).deserialize(TOPIC, Samples.encode(value)))
                .usingRecursiveComparison()
                .isEqualTo(owner());
    }

    @Test
    void theSettingsOfAPublisherDeclareAClassAndAKey() {
        SerializerSettings settings = settings(Owner.class, "");
        byte[] encoded = serializer(settings).serialize(TOPIC, owner());
        assertThat(deserializer(settings).deserialize(TOPIC, encoded))
                .usingRecursiveComparison()
                .isEqualTo(owner());
        assertThat(serializer(settings).serialize(TOPIC, null)).isNull();
    }

    @Union({Circle.class, Square.class})
    interface Shape {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    static final class Drawing {
        List<Shape> shapes = List.of();

        @Stringable
        StringBuilder title = new StringBuilder();
    }

    @Test
    void aUnionOfClassesIsWrittenWholeAndWithinAClass() {
        for (Shape shape : List.of(new Circle(1), new Square(2))) {
            assertThat(new AvroDeserializer<>(Shape.class).deserialize(TOPIC, encode(Shape.class, shape)))
                    .isEqualTo(shape);
        }
        Drawing drawing = new Drawing();
        drawing.shapes = List.of(new Circle(1), new Square(2));
        drawing.title.append("t");
        Drawing back = requireNonNull(
                new AvroDeserializer<>(Drawing.class).deserialize(TOPIC, encode(Drawing.class, drawing)));
        assertThat(back.shapes).isEqualTo(drawing.shapes);
        assertThat(back.title).hasToString("t");
    }

    @Test
    void eightThreadsMayShareASerializerAndADeserializer() throws Exception {
        AvroSerializer<Article> serializer = new AvroSerializer<>(Article.class);
        AvroDeserializer<Article> deserializer = new AvroDeserializer<>(Article.class);
        List<Callable<Long>> work = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            long first = thread * 1_000L;
            work.add(() -> {
                long wrong = 0;
                for (long i = first; i < first + 500; i++) {
                    Article article = Article.sample();
                    article.isbn = i;
                    Article back = deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, article));
                    wrong += back == null || back.isbn != i || back.parts.size() != 2 ? 1 : 0;
                }
                return wrong;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (Future<Long> each : pool.invokeAll(work)) {
                assertThat(each.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static final class Hostile {
        int[] numbers = new int[0];
        List<String> texts = List.of();

        @AvroSchema("{\"type\":\"array\",\"items\":\"null\"}")
        List<Void> nothing = List.of();
    }

    @Test
    void claimsOfManyItemsAndCutValuesAreRefused() {
        AvroDeserializer<Hostile> reader = new AvroDeserializer<>(Hostile.class);
        reader.configure(Map.of("avro.framing", "none"), false);
        for (String bytes : List.of("80a8d6b90e", "00feffffff0f", "0080a8d6b90e00", "000080a8d6b90e00")) {
            assertThatThrownBy(() -> reader.deserialize(TOPIC, HexFormat.of().parseHex(bytes)))
                    .isExactlyInstanceOf(SerializationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damagedBytesNeverDoAnythingButReadOrFail(boolean cut) {
        byte[] whole = encode(Article.class, Article.sample());
        AvroDeserializer<Article> reader = new AvroDeserializer<>(Article.class);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = cut ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (!cut) {
                damaged[10 + random.nextInt(whole.length - 10)] = (byte) random.nextInt();
            }
            try {
                reader.deserialize(TOPIC, damaged);
            } catch (SerializationException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed %s", seed).isPositive();
    }

    private static <T> byte[] encode(Class<T> type, T value) {
        return requireNonNull(new AvroSerializer<>(type).serialize(TOPIC, value));
    }

    private String file(String schema) throws IOException {
        return Files.writeString(folder.resolve("schema" + schema.length() + ".avsc"), schema.replace('\'', '"'))
                .toString();
    }

    private static SerializerSettings settings(Class<?> type, String file) {
        return new SerializerSettings(
                "avro",
                "t",
                TOPIC,
                false,
                type,
                new AbstractConfig(new AvroSerializerPlugin().configDef(), Map.of("schema", file)));
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private static Serializer<Object> serializer(SerializerSettings settings) {
        return (Serializer<Object>) new AvroSerializerPlugin().serializer(settings);
    }

    private static Deserializer<?> deserializer(SerializerSettings settings) {
        return new AvroSerializerPlugin().deserializer(settings).orElseThrow();
    }
}
