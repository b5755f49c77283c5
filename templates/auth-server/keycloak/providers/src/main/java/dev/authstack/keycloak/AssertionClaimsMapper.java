package dev.authstack.keycloak;

import java.util.List;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Copies a fixed list of claims from the verified assertion of a JWT Authorization Grant (RFC 7523)
 * into the access token; Keycloak's grant itself drops them.
 *
 * <p>The list is fixed in code: an assertion can never set {@code sub}, {@code aud}, {@code scope} or
 * any other claim, whatever a realm's configuration says.
 */
public final class AssertionClaimsMapper extends AbstractOIDCProtocolMapper implements OIDCAccessTokenMapper {
  static final String ID = "as-assertion-claims";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final List<String> COPIED =
      List.of(
          "as_sid", "amr", "auth_time", "permissions", "permissions_omitted", "roles", "mode", "org_id", "org_slug");

  @Override
  public AccessToken transformAccessToken(
      AccessToken token,
      ProtocolMapperModel mapper,
      KeycloakSession session,
      UserSessionModel userSession,
      ClientSessionContext clientSession) {
    var form = session.getContext().getHttpRequest().getDecodedFormParameters();
    // Any other grant has no assertion that somebody verified, so nothing is copied.
    if (!JWT_BEARER.equals(form.getFirst("grant_type"))) {
      return token;
    }
    var claims = readVerifiedAssertion(form.getFirst("assertion")).getOtherClaims();
    for (String name : COPIED) {
      Object value = claims.get(name);
      if (value != null) {
        token.getOtherClaims().put(name, value);
      }
    }
    return token;
  }

  /** The grant has checked signature, issuer, audience, age and single use before any mapper runs. */
  private static JsonWebToken readVerifiedAssertion(String assertion) {
    try {
      return new JWSInput(assertion).readJsonContent(JsonWebToken.class);
    } catch (JWSInputException unreadable) {
      throw new IllegalStateException("The assertion cannot be read after the grant accepted it", unreadable);
    }
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayCategory() {
    return TOKEN_MAPPER_CATEGORY;
  }

  @Override
  public String getDisplayType() {
    return "AuthStack assertion claims";
  }

  @Override
  public String getHelpText() {
    return "Copies session, role and organization claims from the assertion of a JWT Authorization Grant.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return List.of();
  }
}
