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
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // The heap is larger than the limit already: better to run and be measured than not to start.
        }
    }
}
