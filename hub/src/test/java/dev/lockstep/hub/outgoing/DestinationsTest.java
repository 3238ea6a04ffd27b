package dev.lockstep.hub.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.0.0.8",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:0a00:0001::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1"
      })
  void localAddressesAreKnown(String address) throws Exception {
    assertThat(Destinations.isLocal(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:0101:0101::1",
        "2606:4700::1111"
      })
  void publicAddressesAreNot(String address) throws Exception {
    assertThat(Destinations.isLocal(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void whatIsConnectedToIsWhatWasJudged() throws Exception {
    URI here = Destinations.parse("http://127.0.0.1/x");

    assertThatThrownBy(() -> new Destinations(false).resolve(here))
        .isInstanceOf(AddressRefused.class)
        .hasMessageContaining("127.0.0.1");
    assertThat(new Destinations(true).resolve(here).getPort()).isEqualTo(80);
    assertThat(new Destinations(false).resolve(Destinations.parse("https://1.1.1.1:8443/")))
        .satisfies(it -> assertThat(it.isUnresolved()).isFalse())
        .extracting(it -> it.getPort())
        .isEqualTo(8443);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "//a.example",
        "file:///etc/passwd",
        "ftp://a.example",
        "http:///x",
        "http://a b",
        "http://user@a.example/",
        "http://a.example:99999/"
      })
  void whatIsNoAddressOfTheWebIsRefused(String text) {
    assertThatThrownBy(() -> Destinations.parse(text)).isInstanceOf(AddressRefused.class);
  }
}
