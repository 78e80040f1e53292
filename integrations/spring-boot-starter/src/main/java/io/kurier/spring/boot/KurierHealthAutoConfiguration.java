// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.Publisher;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Adds the health of each publisher bean to Actuator, unless {@code management.health.kurier.enabled} says otherwise. */
@AutoConfiguration(after = KurierAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(Publisher.class)
@ConditionalOnEnabledHealthIndicator("kurier")
public final class KurierHealthAutoConfiguration
        extends CompositeHealthContributorConfiguration<PublisherHealthIndicator, Publisher> {

    /** Called by Spring. */
    public KurierHealthAutoConfiguration() {
        super(PublisherHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"kurierHealthIndicator", "kurierHealthContributor"})
    HealthContributor kurierHealthContributor(ConfigurableListableBeanFactory beans) {
        return createContributor(beans, Publisher.class);
    }
}
