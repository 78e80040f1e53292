// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** The arrows that must never exist, see docs/architecture.md. */
class HouseTest {
    private static final List<String> FORMATS = List.of("text", "json", "avro", "protobuf", "media");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.kurier");

    @Test
    void seesEveryRoom() {
        for (String room : List.of(
                "io.kurier",
                "io.kurier.spi",
                "io.kurier.core",
                "io.kurier.core.start",
                "io.kurier.core.guice",
                "io.kurier.schema",
                "io.kurier.partitioners",
                "io.kurier.plugins.files",
                "io.kurier.plugins.host",
                "io.kurier.broker",
                "io.kurier.broker.proxy",
                "io.kurier.testkit",
                "io.kurier.cli")) {
            assertThat(HOUSE.stream().map(JavaClass::getPackageName)).contains(room);
        }
        for (String format : FORMATS) {
            assertThat(HOUSE.stream().map(JavaClass::getPackageName))
                    .contains("io.kurier.serializers." + format, "io.kurier.plugins." + format);
        }
    }

    @Test
    void apiKnowsNobodyElse() {
        inPackages("io.kurier", "io.kurier.spi")
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
                        "io.kurier.schema..",
                        "io.kurier.serializers..",
                        "io.kurier.partitioners..",
                        "io.kurier.plugins.files..")
                .check("io.kurier.core..", "io.kurier.plugins.host..");
        for (String format : FORMATS) {
            inPackages("io.kurier.plugins." + format + "..").check("io.kurier.core..", "io.kurier.plugins.host..");
        }
    }

    @Test
    void whatSerializersShareKnowsNoneOfThem() {
        inPackages("io.kurier.schema..").check("io.kurier.serializers..", "io.kurier.plugins..");
        inPackages("io.kurier.plugins.files..").check("io.kurier.serializers..");
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
    void onlyTheCommandAndTheTestkitKnowTheBroker() {
        outside("io.kurier.broker..", "io.kurier.testkit..", "io.kurier.cli..")
                .check("io.kurier.broker..", "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");
    }

    @Test
    void nothingPublishedKnowsTheTestkit() {
        outside("io.kurier.testkit..").check("io.kurier.testkit..", "org.junit..");
    }

    @Test
    void guiceIsInOnePackage() {
        outside("io.kurier.core.guice..").check("com.google.inject..");
    }

    @Test
    void theProducerIsInTheTransportAndTheAdminThereAndInTopics() {
        outsideKafkasDoor(Producer.class, "io.kurier.core.transport..").check(HOUSE);
        outsideKafkasDoor(Admin.class, "io.kurier.core.transport..", "io.kurier.core.topics..")
                .check(HOUSE);
    }

    /** A user's BOM decides the version of kafka-clients, and what is internal moves from one to the next. */
    @Test
    void onlyTheBrokerKnowsKafkasInternals() {
        noInternalsOfKafka().check(HOUSE);
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
        slices().matching("io.kurier.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void publicClassesOfPluginsAreFinalOrMadeForIt() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .resideInAnyPackage("io.kurier.serializers..", "io.kurier.partitioners..")
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(HOUSE);
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
        "org.apache.kafka.connect.connector",
        "org.apache.kafka.connect.data",
        "org.apache.kafka.connect.errors",
        "org.apache.kafka.connect.header",
        "org.apache.kafka.connect.source",
        "org.apache.kafka.connect.storage"
    };

    /** And what users of those classes meet there: a type of a parameter, and the keys of all clients. */
    private static final DescribedPredicate<JavaClass> BESIDE_THEM =
            type(Bytes.class).or(type(TimestampType.class)).or(type(CommonClientConfigs.class));

    private static ArchRule noInternalsOfKafka() {
        return noClasses()
                .that(resideOutsideOfPackage("io.kurier.broker.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "kafka..")
                        .and(resideOutsideOfPackages(KAFKAS_PUBLIC_PACKAGES))
                        .and(not(BESIDE_THEM)));
    }

    /** A room whose arrows are looked at. */
    private record Room(DescribedPredicate<JavaClass> classes) {
        void check(String... forbidden) {
            noClasses()
                    .that(classes)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .check(HOUSE);
        }
    }

    private static Room inPackages(String... packages) {
        return new Room(resideInAnyPackage(packages));
    }

    private static Room outside(String... packages) {
        return new Room(resideOutsideOfPackages(packages));
    }

    /** The testkit and its topics serve tests, not applications. */
    private static ArchRule outsideKafkasDoor(Class<?> door, String... rooms) {
        return noClasses()
                .that(resideOutsideOfPackages(rooms).and(resideOutsideOfPackage("io.kurier.testkit..")))
                .should()
                .dependOnClassesThat(type(door).or(JavaClass.Predicates.assignableTo(door)));
    }
}
