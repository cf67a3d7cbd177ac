using Lunatic.Wasm;

namespace Lunatic.Cli;

/// <summary>Reads the file that a command is about; says in one line what is wrong with it.</summary>
internal static class ModuleFile
{
    /// <summary>The file's bytes, or null after telling why not.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"lunatic: {path}: no such file",
                _ when Directory.Exists(path) => $"lunatic: {path}: is a directory, not a module",
                _ => $"lunatic: {path}: {exception.Message}",
            });
            return null;
        }
    }

    /// <summary>Says that the module in a file cannot be used.</summary>
    public static void Report(string path, WasmException exception)
    {
        string kind = exception switch
        {
            WasmMalformedException => "not a WebAssembly module",
            WasmInvalidException => "not a valid module",
            WasmUnlinkableException => "cannot be linked",
            _ => "cannot be started",
        };
        Console.Error.WriteLine($"lunatic: {path}: {kind}: {exception.Message}");
    }
}
