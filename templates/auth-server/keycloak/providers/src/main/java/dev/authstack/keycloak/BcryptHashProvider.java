package dev.authstack.keycloak;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * bcrypt ("2b"). The realm's {@code hashIterations} is the cost factor.
 *
 * <p>bcrypt reads 72 bytes and ignores the rest, so two long passwords with a common start would be
 * one. A longer password is refused when it is set and never matches when it is checked.
 */
final class BcryptHashProvider implements PasswordHashProvider {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES_MAX = 72;
  private static final int COST_DEFAULT = 12;
  private static final int COST_MIN = 10;
  private static final int COST_MAX = 16;
  private static final int SALT_BYTES = 16;

  /** As many hashes at a time as there are cores: a storm of logins queues here, not in the JVM's threads. */
  private final Semaphore slots;

  BcryptHashProvider(Semaphore slots) {
    this.slots = slots;
  }

  @Override
  public boolean policyCheck(PasswordPolicy policy, PasswordCredentialModel credential) {
    var data = credential.getPasswordCredentialData();
    return BcryptHashProviderFactory.ID.equals(data.getAlgorithm())
        && data.getHashIterations() == cost(policy.getHashIterations());
  }

  @Override
  public PasswordCredentialModel encodedCredential(String rawPassword, int iterations) {
    if (isTooLong(rawPassword)) {
      throw new IllegalArgumentException("The password is longer than 72 bytes");
    }
    int cost = cost(iterations);
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    slots.acquireUninterruptibly();
    try {
      String hash = OpenBSDBCrypt.generate("2b", rawPassword.toCharArray(), salt, cost);
      return PasswordCredentialModel.createFromValues(BcryptHashProviderFactory.ID, salt, cost, hash);
    } finally {
      slots.release();
    }
  }

  @Override
  public boolean verify(String rawPassword, PasswordCredentialModel credential) {
    if (rawPassword == null || isTooLong(rawPassword)) {
      return false;
    }
    slots.acquireUninterruptibly();
    try {
      String hash = credential.getPasswordSecretData().getValue();
      return OpenBSDBCrypt.checkPassword(hash, rawPassword.toCharArray());
    } catch (RuntimeException unreadableHash) {
      return false; // a damaged or foreign hash is a wrong password, not a 500 that tells them apart
    } finally {
      slots.release();
    }
  }

  @Override
  public void close() {}

  private static boolean isTooLong(String rawPassword) {
    return rawPassword.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX;
  }

  private static int cost(int iterations) {
    return iterations < COST_MIN || iterations > COST_MAX ? COST_DEFAULT : iterations;
  }
}
