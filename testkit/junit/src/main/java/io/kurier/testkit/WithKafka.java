// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Provides a Kafka broker for the tests of a class, or for one test: its methods and constructor may have parameters of
 * the types {@link io.kurier.broker.LocalBroker} and {@link TestTopics}. Short for
 * {@code @ExtendWith(KafkaBrokerExtension.class)}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KafkaBrokerExtension.class)
public @interface WithKafka {}
