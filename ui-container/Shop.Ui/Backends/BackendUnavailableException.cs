namespace Shop.Ui.Backends;

/// <summary>A back-end could not be reached, or said that it can't answer now. The store may be on its way to the other Region.</summary>
public sealed class BackendUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
