using System.Globalization;

namespace Shop.Lambda.Runtime;

internal static class MemoryLimit
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Tells the collector of the function's memory size: it can't see Lambda's limit by itself and would let the heap grow past it.</summary>
    public static void Apply(FunctionEnvironment environment)
    {
        if (!environment.IsProcess
            || !long.TryParse(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes))
            return;
        AppContext.SetData("GCHeapHardLimit", (ulong)(megabytes * Megabyte));
        GC.RefreshMemoryLimit();
    }
}
