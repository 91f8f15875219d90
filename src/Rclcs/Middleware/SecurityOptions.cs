namespace rclcs.Middleware;

/// <summary>That peers are authenticated and messages encrypted, with the keys of a SROS2 keystore.</summary>
/// <param name="IsEnforced">Whether to refuse to join the domain without; else a warning is enough.</param>
/// <param name="Folder">The enclave's folder in the keystore, empty where no keystore is given.</param>
internal sealed record SecurityOptions(bool IsEnforced, string Folder);
