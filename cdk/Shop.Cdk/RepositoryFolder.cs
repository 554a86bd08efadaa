using System;
using System.IO;

namespace Shop.Cdk;

/// <summary>The repository's root: the first folder upwards that has the solution. The current directory decides nothing else.</summary>
internal static class RepositoryFolder
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "serverless.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has serverless.sln.");
    }
}
