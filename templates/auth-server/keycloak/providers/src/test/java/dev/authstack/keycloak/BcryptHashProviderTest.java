package dev.authstack.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.keycloak.models.credential.PasswordCredentialModel;

class BcryptHashProviderTest {
  private final BcryptHashProvider bcrypt = new BcryptHashProvider(new Semaphore(2));

  @Test
  void storesAlgorithmAndCostAndAcceptsOnlyThePassword() {
    var stored = bcrypt.encodedCredential("correct horse", 12);
    assertEquals("bcrypt", stored.getPasswordCredentialData().getAlgorithm());
    assertEquals(12, stored.getPasswordCredentialData().getHashIterations());
    assertTrue(stored.getPasswordSecretData().getValue().startsWith("$2b$12$"));
    assertTrue(bcrypt.verify("correct horse", stored));
    assertFalse(bcrypt.verify("correct horsf", stored));
    assertFalse(bcrypt.verify(null, stored));
  }

  @Test
  void refusesWhatBcryptWouldCut() {
    var stored = bcrypt.encodedCredential("a".repeat(72), 10);
    assertTrue(bcrypt.verify("a".repeat(72), stored));
    assertFalse(bcrypt.verify("a".repeat(73), stored));
    assertThrows(IllegalArgumentException.class, () -> bcrypt.encodedCredential("a".repeat(73), 10));
    // 37 characters of two bytes each: the limit is in bytes, not in characters.
    assertThrows(IllegalArgumentException.class, () -> bcrypt.encodedCredential("é".repeat(37), 10));
  }

  @Test
  void fallsBackToCost12OutsideSaneBounds() {
    assertEquals(12, bcrypt.encodedCredential("x", 4).getPasswordCredentialData().getHashIterations());
    assertEquals(12, bcrypt.encodedCredential("x", 27500).getPasswordCredentialData().getHashIterations());
  }

  @Test
  void takesADamagedHashForAWrongPassword() {
    var damaged = PasswordCredentialModel.createFromValues("bcrypt", new byte[16], 12, "$2b$12$tooShort");
    assertFalse(bcrypt.verify("anything", damaged));
  }
}
