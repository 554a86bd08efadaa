namespace Shop.Asl.Intrinsics;

/// <summary>Why a function can't work on its arguments.</summary>
internal sealed class IntrinsicException(string message) : Exception(message);
