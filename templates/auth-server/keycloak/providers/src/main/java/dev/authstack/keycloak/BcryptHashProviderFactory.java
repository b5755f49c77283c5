package dev.authstack.keycloak;

import java.util.concurrent.Semaphore;
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers {@link BcryptHashProvider} under the algorithm name {@code bcrypt}. */
public final class BcryptHashProviderFactory implements PasswordHashProviderFactory {
  static final String ID = "bcrypt";
  private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors());

  @Override
  public PasswordHashProvider create(KeycloakSession session) {
    return new BcryptHashProvider(slots);
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
