// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.kurier.core.internal.config.Setting;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Dependencies that must never exist, see docs/architecture.md. */
class ArchitectureTest {
    private static final List<String> FORMATS = List.of("text", "json", "avro", "protobuf", "media");

    private static final JavaClasses KURIER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.kurier");

    @Test
    void seesEveryModule() {
        for (String module : List.of(
                "io.kurier",
                "io.kurier.spi",
                "io.kurier.core",
                "io.kurier.core.internal.start",
                "io.kurier.core.guice",
                "io.kurier.serializers.internal",
                "io.kurier.serializers.framings",
                "io.kurier.guards.sign",
                "io.kurier.partitioners",
                "io.kurier.plugins.connect",
                "io.kurier.plugins.connect.internal.avro",
                "io.kurier.plugins.files",
                "io.kurier.plugins.host",
                "io.kurier.plugins.host.guice",
                "io.kurier.micrometer",
                "io.kurier.opentelemetry",
                "io.kurier.broker",
                "io.kurier.broker.proxy",
                "io.kurier.testkit",
                "io.kurier.cli")) {
            assertThat(KURIER.stream().map(JavaClass::getPackageName)).contains(module);
        }
        for (String format : FORMATS) {
            assertThat(KURIER.stream().map(JavaClass::getPackageName))
                    .contains("io.kurier.serializers." + format, "io.kurier.plugins." + format);
        }
    }

    @Test
    void apiKnowsNobodyElse() {
        inPackages("io.kurier", "io.kurier.spi", "io.kurier.internal..")
                .check("io.kurier.core..", "io.kurier.serializers..", "io.kurier.plugins..", "io.kurier.cli..");
    }

    @Test
    void coreKnowsNoFormatNoPartitionerAndNoConnector() {
        inPackages("io.kurier.core..")
                .check("io.kurier.serializers..", "io.kurier.partitioners..", "io.kurier.plugins..", "io.kurier.cli..");
    }

    @Test
    void formatsPartitionersAndConnectorsKnowNoCore() {
        inPackages(
                        "io.kurier.serializers..",
                        "io.kurier.guards..",
                        "io.kurier.partitioners..",
                        "io.kurier.plugins.files..")
                .check("io.kurier.core..", "io.kurier.plugins.host..");
        for (String format : FORMATS) {
            inPackages("io.kurier.plugins." + format + "..").check("io.kurier.core..", "io.kurier.plugins.host..");
        }
    }

    @Test
    void instrumentationsKnowTheApiOnly() {
        for (String instrumentation : List.of("io.kurier.micrometer..", "io.kurier.opentelemetry..")) {
            inPackages(instrumentation)
                    .check(
                            "io.kurier.core..",
                            "io.kurier.serializers..",
                            "io.kurier.plugins..",
                            "io.kurier.internal..");
            outside(instrumentation).check(instrumentation);
        }
        outside("io.kurier.micrometer..").check("io.micrometer..");
        outside("io.kurier.opentelemetry..").check("io.opentelemetry..");
    }

    @Test
    void whatSerializersShareKnowsNoneOfThem() {
        for (String format : FORMATS) {
            inPackages("io.kurier.serializers.internal..").check("io.kurier.serializers." + format + "..");
        }
        inPackages("io.kurier.serializers.internal..").check("io.kurier.plugins..");
        inPackages("io.kurier.plugins.files..").check("io.kurier.serializers..");
    }

    @Test
    void framingsKnowNoFormat() {
        for (String format : FORMATS) {
            inPackages("io.kurier.serializers.framings..").check("io.kurier.serializers." + format + "..");
            inPackages("io.kurier.serializers." + format + "..").check("io.kurier.serializers.framings..");
        }
    }

    @Test
    void oneFormatKnowsNoOther() {
        for (String format : FORMATS) {
            String[] others = FORMATS.stream()
                    .filter(other -> !other.equals(format))
                    .flatMap(other ->
                            List.of("io.kurier.serializers." + other + "..", "io.kurier.plugins." + other + "..")
                                    .stream())
                    .toArray(String[]::new);
            inPackages("io.kurier.serializers." + format + "..", "io.kurier.plugins." + format + "..")
                    .check(others);
        }
    }

    @Test
    void theConverterKnowsNoFormatAndNoMappingKnowsAnother() {
        inPackages("io.kurier.plugins.connect", "io.kurier.plugins.connect.internal")
                .check(
                        "io.kurier.plugins.connect.internal.avro..",
                        "io.kurier.plugins.connect.internal.json..",
                        "io.kurier.plugins.connect.internal.protobuf..",
                        "org.apache.avro..",
                        "com.google.protobuf..",
                        "com.fasterxml..");
        inPackages("io.kurier.plugins.connect.internal.avro..").check("com.google.protobuf..", "com.fasterxml..");
        inPackages("io.kurier.plugins.connect.internal.json..").check("com.google.protobuf..", "org.apache.avro..");
        inPackages("io.kurier.plugins.connect.internal.protobuf..").check("org.apache.avro..", "com.fasterxml..");
        inPackages("io.kurier.plugins.connect..").check("io.kurier.core..", "io.kurier.plugins.host..");
        for (String format : FORMATS) {
            inPackages("io.kurier.plugins.connect..").check("io.kurier.serializers." + format + "..");
        }
    }

    @Test
    void onlyTheCommandAndTheTestkitKnowTheBroker() {
        outside("io.kurier.broker..", "io.kurier.testkit..", "io.kurier.cli..")
                .check("io.kurier.broker..", "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");
    }

    @Test
    void nothingPublishedKnowsTheTestkit() {
        outside("io.kurier.testkit..").check("io.kurier.testkit..", "org.junit..");
    }

    @Test
    void guiceIsInPackagesOfItsOwn() {
        outside("io.kurier.core.guice..", "io.kurier.plugins.host.guice..").check("com.google.inject..");
    }

    @Test
    void onlyThePackagesThatTalkToKafkaKnowItsClients() {
        outsideKafkasDoor(Producer.class, "io.kurier.core.internal.kafka..").check(KURIER);
        outsideKafkasDoor(
                        Admin.class,
                        "io.kurier.core.internal.kafka..",
                        "io.kurier.core.internal.contact..",
                        "io.kurier.core.internal.topics..",
                        "io.kurier.core.internal.search..")
                .check(KURIER);
    }

    /** By internal package, the packages that may use it besides its own module: they are released with it, in one version. */
    private static final Map<String, List<String>> FRIENDS = Map.ofEntries(
            Map.entry(
                    "io.kurier.internal",
                    List.of(
                            "io.kurier",
                            "io.kurier.spi..",
                            "io.kurier.internal..",
                            "io.kurier.core..",
                            "io.kurier.serializers..",
                            "io.kurier.plugins..")),
            Map.entry(
                    "io.kurier.core.internal",
                    List.of("io.kurier.core..", "io.kurier.plugins.host..", "io.kurier.testkit..", "io.kurier.cli..")),
            Map.entry(
                    "io.kurier.serializers.internal",
                    List.of(
                            "io.kurier.serializers..",
                            "io.kurier.guards..",
                            "io.kurier.plugins..",
                            "io.kurier.testkit..",
                            "io.kurier.cli..")),
            Map.entry("io.kurier.guards.internal", List.of("io.kurier.guards..", "io.kurier.cli..")),
            Map.entry(
                    "io.kurier.serializers.protobuf.internal",
                    List.of(
                            "io.kurier.serializers.protobuf..",
                            "io.kurier.serializers.protovalidate..",
                            "io.kurier.guards.encrypt..",
                            "io.kurier.plugins.protobuf..")),
            Map.entry(
                    "io.kurier.serializers.registry.internal",
                    List.of("io.kurier.serializers.registry..", "io.kurier.cli..", "io.kurier.formats..")),
            Map.entry("io.kurier.partitioners.internal", List.of("io.kurier.partitioners..", "io.kurier.cli..")),
            Map.entry("io.kurier.plugins.connect.internal", List.of("io.kurier.plugins.connect..")),
            Map.entry("io.kurier.plugins.files.internal", List.of("io.kurier.plugins..")),
            Map.entry("io.kurier.plugins.host.internal", List.of("io.kurier.plugins.host..", "io.kurier.cli..")),
            Map.entry("io.kurier.guards.encrypt.internal", List.of("io.kurier.guards.encrypt..")));

    @Test
    void internalsAreUsedByTheirOwnModuleAndItsFriendsOnly() {
        FRIENDS.forEach(
                (internal, friends) -> outside(friends.toArray(String[]::new)).check(internal + ".."));
    }

    @Test
    void everyInternalPackageHasItsRule() {
        assertThat(KURIER.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.contains(".internal"))
                        .map(name -> name.replaceAll("\\.internal.*", ".internal"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(FRIENDS.keySet());
    }

    @Test
    void noPublicSignatureShowsAnInternalType() {
        signaturesOf(publicApi()).check(KURIER);
    }

    @Test
    void findsAPlantedInternalType() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedSignature.class);
        assertThatThrownBy(() -> signaturesOf(type(PlantedSignature.class)).check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PlantedSignature.settings() shows io.kurier.core.internal.config.Setting");
    }

    /** Public, so that its signature counts. */
    public static final class PlantedSignature {
        public List<Setting> settings() {
            return List.of();
        }
    }

    /** The packages that users and authors of plugins compile against. The command is a program. */
    private static DescribedPredicate<JavaClass> publicApi() {
        return resideInAnyPackage("io.kurier..").and(resideOutsideOfPackages("..internal..", "io.kurier.cli.."));
    }

    private static ArchRule signaturesOf(DescribedPredicate<JavaClass> types) {
        return classes().that(types).and().arePublic().should(new ArchCondition<>("show no internal type") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                                || member.getModifiers().contains(JavaModifier.PROTECTED))
                        .forEach(member -> member.getAllInvolvedRawTypes().stream()
                                .filter(shown -> shown.getPackageName().contains(".internal"))
                                .filter(shown -> shown.getPackageName().startsWith("io.kurier."))
                                .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                        member, member.getFullName() + " shows " + shown.getName()))));
            }
        });
    }

    /** A user's BOM decides the version of kafka-clients, and what is internal moves from one to the next. */
    @Test
    void onlyTheBrokerKnowsKafkasInternals() {
        noInternalsOfKafka().check(KURIER);
    }

    @Test
    void findsPlantedUsesOfKafkasInternals() {
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        assertThatThrownBy(() -> noInternalsOfKafka().check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("org.apache.kafka.common.utils.Utils.murmur2")
                .hasMessageContaining("org.apache.kafka.common.header.internals.RecordHeaders")
                .hasMessageContaining("org.apache.kafka.clients.ClientUtils");
    }

    private static final class Planted {
        private final Object headers = new RecordHeaders();

        int hash() {
            return Utils.murmur2(new byte[0]) + ClientUtils.class.hashCode() + headers.hashCode();
        }
    }

    @Test
    void packagesHaveNoCircles() {
        slices().matching("io.kurier.(**)").should().beFreeOfCycles().check(KURIER);
    }

    @Test
    void publicClassesOfPluginsAreFinalOrMadeForIt() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .resideInAnyPackage("io.kurier.serializers..", "io.kurier.guards..", "io.kurier.partitioners..")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(KURIER);
    }

    @Test
    void findsAPlantedArrow() {
        assertThatThrownBy(() -> inPackages("io.kurier.core.guice..").check("com.google.inject.."))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KurierModule");
    }

    /** What Kafka's Javadoc publishes. */
    private static final String[] KAFKAS_PUBLIC_PACKAGES = {
        "org.apache.kafka.clients.admin",
        "org.apache.kafka.clients.consumer",
        "org.apache.kafka.clients.producer",
        "org.apache.kafka.common",
        "org.apache.kafka.common.acl",
        "org.apache.kafka.common.config",
        "org.apache.kafka.common.config.provider",
        "org.apache.kafka.common.errors",
        "org.apache.kafka.common.header",
        "org.apache.kafka.common.metrics",
        "org.apache.kafka.common.metrics.stats",
        "org.apache.kafka.common.resource",
        "org.apache.kafka.common.security.auth",
        "org.apache.kafka.common.serialization",
        "org.apache.kafka.connect.components",
        "org.apache.kafka.connect.connector",
        "org.apache.kafka.connect.data",
        "org.apache.kafka.connect.errors",
        "org.apache.kafka.connect.header",
        "org.apache.kafka.connect.json",
        "org.apache.kafka.connect.source",
        "org.apache.kafka.connect.storage",
        "org.apache.kafka.connect.transforms",
        "org.apache.kafka.connect.transforms.predicates"
    };

    /** And what users of those classes meet there: types of parameters and values, and the keys of all clients. */
    private static final DescribedPredicate<JavaClass> BESIDE_THEM = type(Bytes.class)
            .or(type(TimestampType.class))
            .or(type(Password.class))
            .or(type(CommonClientConfigs.class));

    private static ArchRule noInternalsOfKafka() {
        return noClasses()
                .that(resideOutsideOfPackages("io.kurier.broker.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "kafka..")
                        .and(resideOutsideOfPackages(KAFKAS_PUBLIC_PACKAGES))
                        .and(not(BESIDE_THEM)));
    }

    /** Packages whose dependencies are checked. */
    private record Packages(DescribedPredicate<JavaClass> classes) {
        void check(String... forbidden) {
            noClasses()
                    .that(classes)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .check(KURIER);
        }
    }

    private static Packages inPackages(String... packages) {
        return new Packages(resideInAnyPackage(packages));
    }

    private static Packages outside(String... packages) {
        return new Packages(resideOutsideOfPackages(packages));
    }

    /** The testkit and the broker change topics for tests, not for applications. */
    private static ArchRule outsideKafkasDoor(Class<?> door, String... packages) {
        return noClasses()
                .that(resideOutsideOfPackages(packages)
                        .and(resideOutsideOfPackages("io.kurier.testkit..", "io.kurier.broker..")))
                .should()
                .dependOnClassesThat(type(door).or(JavaClass.Predicates.assignableTo(door)));
    }
}
