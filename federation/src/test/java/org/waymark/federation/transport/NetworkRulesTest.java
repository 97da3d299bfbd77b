// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkRulesTest {

    @Tag("attack:ssrf-by-address")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) throws Exception {
        assertThat(NetworkRules.publicOnly().admits(address(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.1.1",
                "198.17.1.1",
                "198.20.0.1",
                "223.255.255.255",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2a00::1"
            })
    void admitsTheirPublicNeighbours(String address) throws Exception {
        assertThat(NetworkRules.publicOnly().admits(address(address))).isTrue();
    }

    @Test
    void admitsTheNetworkThatIsNamedAndNoOther() throws Exception {
        var rules = NetworkRules.allowing(List.of("127.0.0.0/8", "fd00:1::/32"));

        assertThat(rules.admits(address("127.9.9.9"))).isTrue();
        assertThat(rules.admits(address("fd00:1:2::3"))).isTrue();
        assertThat(rules.admits(address("fd00:2::1"))).isFalse();
        assertThat(rules.admits(address("::1"))).isFalse();
        assertThat(rules.admits(address("10.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "127.0.0.1", "localhost/8", "127.0.0.0/33", "127.0.0.0/-1", "fd00::/x"})
    void refusesANetworkItCannotRead(String network) {
        assertThatThrownBy(() -> NetworkRules.allowing(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
