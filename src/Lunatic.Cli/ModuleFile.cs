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
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length > 0)
                return bytes;
            // as text it would be a module, an empty one; nobody means that
            Console.Error.WriteLine($"lunatic: {path}: is empty, not a module");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"lunatic: {path}: {WhyUnreadable(path, exception)}");
        }
        return null;
    }

    /// <summary>Why a file could not be read, in a few words.</summary>
    public static string WhyUnreadable(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        _ when Directory.Exists(path) => "is a directory, not a file",
        UnauthorizedAccessException => "may not be read: permission denied",
        _ => exception.Message,
    };

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
