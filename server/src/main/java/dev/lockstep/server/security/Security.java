package dev.lockstep.server.security;

import dev.lockstep.connector.Secret;
import dev.lockstep.hub.access.BearerTokens;
import dev.lockstep.hub.access.Principal;
import dev.lockstep.server.config.ConfiguredSecurity;
import dev.lockstep.server.config.ConfiguredSecurity.Application;
import dev.lockstep.server.config.ConfiguredSecurity.User;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows the users and applications of a configuration. Thread-safe. */
public final class Security implements BearerTokens {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final ConfiguredSecurity configured;
  private final Optional<byte[]> token;
  private final AccessTokens tokens;
  private final Proofs proofs;
  private final DeployedApplications deployed;

  /** Who called. */
  public sealed interface Identity {
    /** Someone, or nobody in particular. */
    record Known(Principal principal) implements Identity {}

    /**
     * Someone who claimed to be who it did not prove to be.
     *
     * @param byToken whether it was by a bearer token
     */
    record Unproved(String fault, String remedy, boolean byToken) implements Identity {}

    /** Someone who failed too often; nothing was compared. */
    record Later(Duration pause) implements Identity {}
  }

  private Security(
      ConfiguredSecurity configured,
      Optional<byte[]> token,
      AccessTokens tokens,
      Proofs proofs,
      DeployedApplications deployed) {
    this.configured = configured;
    this.token = token;
    this.tokens = tokens;
    this.proofs = proofs;
    this.deployed = deployed;
  }

  /** The tables that a store needs for it. */
  public static List<Migration> migrations() {
    return List.of(SigningKeys.migration(), DeployedApplications.migration());
  }

  /**
   * Opens it on a store that has its tables.
   *
   * @param token the server's own, by which everything may be done
   * @param issuer who signs its tokens
   */
  public static Security open(
      Store store,
      ConfiguredSecurity configured,
      Optional<Secret> token,
      String issuer,
      InstantSource clock)
      throws InterruptedException {
    return new Security(
        configured,
        token.map(it -> it.reveal().getBytes(StandardCharsets.UTF_8)),
        new AccessTokens(new SigningKeys(store, clock), clock, issuer, configured.tokenLifetime()),
        new Proofs(clock),
        DeployedApplications.open(store, clock));
  }

  public ConfiguredSecurity configured() {
    return configured;
  }

  /** The applications that client extensions declare. */
  public DeployedApplications deployed() {
    return deployed;
  }

  private Optional<Application> application(String id) {
    return application(configured, deployed, id);
  }

  /** One of the configuration, or of a client extension. */
  static Optional<Application> application(
      ConfiguredSecurity configured, DeployedApplications deployed, String id) {
    return Optional.ofNullable(configured.applications().get(id)).or(() -> deployed.find(id));
  }

  /**
   * Who sent a request.
   *
   * @param authorization the header of that name; null where there is none
   * @param from the caller's address
   */
  public Identity identity(@Nullable String authorization, String from)
      throws InterruptedException {
    if (authorization == null || authorization.isBlank()) {
      return new Identity.Known(Principal.STRANGER);
    }
    String scheme = authorization.toLowerCase(Locale.ROOT);
    if (scheme.strip().equals(BEARER.strip())) {
      return bearer("");
    }
    if (scheme.startsWith(BEARER)) {
      return bearer(authorization.substring(BEARER.length()).strip());
    }
    return scheme.startsWith(BASIC)
        ? basic(authorization.substring(BASIC.length()).strip(), from)
        : new Identity.Unproved(
            "the header Authorization is of no kind that is known here",
            "send Basic with a user's name and password, or Bearer with a token",
            false);
  }

  private Identity bearer(String sent) throws InterruptedException {
    if (isServerToken(sent)) {
      return new Identity.Known(Principal.SERVER);
    }
    return tokens
        .verified(sent)
        .flatMap(this::principal)
        .<Identity>map(Identity.Known::new)
        .orElseGet(() ->
            new Identity.Unproved(
                "the token is not one of this server, or no longer good",
                "get another at /o/oauth2/token",
                true));
  }

  /** What a token opens is looked up each time: who lost a role or a scope has lost it at once. */
  private Optional<Principal> principal(AccessTokens.Claims claims) {
    Optional<Application> found = application(claims.client());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Application application = found.get();
    Set<String> scopes = new LinkedHashSet<>(claims.scopes());
    scopes.retainAll(application.scopes());
    if (claims.subject().equals(claims.client())) {
      return Optional.of(
          Principal.known(application.id(), application.roles(), Optional.of(scopes)));
    }
    return Optional.ofNullable(configured.users().get(claims.subject()))
        .map(user -> Principal.known(user.name(), user.roles(), Optional.of(scopes)));
  }

  private Identity basic(String encoded, String from) throws InterruptedException {
    Optional<NamedSecret> sent = NamedSecret.ofBasic(encoded);
    if (sent.isPresent() && isServerToken(sent.get().secret())) {
      return new Identity.Known(Principal.SERVER);
    }
    String name = sent.map(NamedSecret::name).orElse("");
    User user = configured.users().get(name);
    Proofs.Outcome outcome =
        proofs.compare(
            "user " + name,
            user == null ? null : user.password(),
            sent.map(NamedSecret::secret).orElse(""),
            from);
    return switch (outcome) {
      case Proofs.Outcome.Right() when user != null ->
          new Identity.Known(Principal.known(user.name(), user.roles(), Optional.empty()));
      case Proofs.Outcome.Right _, Proofs.Outcome.Wrong _ ->
          new Identity.Unproved(
              "the name or the password is wrong",
              "send those of a user under security.users",
              false);
      case Proofs.Outcome.Later(Duration pause) -> new Identity.Later(pause);
    };
  }

  /** In constant time, so that the answer's delay tells nothing about the token. */
  private boolean isServerToken(String sent) {
    return token.isPresent()
        && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), token.get());
  }

  /** A name and its secret, as callers send them. */
  public record NamedSecret(String name, String secret) {
    /** Of what follows {@code Basic}; empty when it is none. */
    public static Optional<NamedSecret> ofBasic(String encoded) {
      try {
        String both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        int colon = both.indexOf(':');
        return colon < 0
            ? Optional.empty()
            : Optional.of(new NamedSecret(both.substring(0, colon), both.substring(colon + 1)));
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Override
  public Optional<String> issue(String application, @Nullable String user)
      throws InterruptedException {
    Optional<Application> known = application(application);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Application found = known.get();
    String subject = user != null && configured.users().containsKey(user) ? user : found.id();
    return Optional.of(tokens.issue(subject, found.id(), found.scopes()));
  }

  /** The endpoints of RFC 6749, 7517 and 7662. */
  public TokenEndpoint endpoint() {
    return new TokenEndpoint(configured, deployed, tokens, proofs);
  }

  /** Every name that someone may be granted rights by. */
  public List<String> roles() {
    Set<String> roles = new LinkedHashSet<>(configured.roles().keySet());
    configured.users().values().forEach(it -> roles.addAll(it.roles()));
    configured.applications().values().forEach(it -> roles.addAll(it.roles()));
    roles.addAll(List.of(Principal.GUEST, Principal.USER, Principal.OWNER));
    roles.remove(Principal.ADMINISTRATOR);
    return new ArrayList<>(roles);
  }
}
