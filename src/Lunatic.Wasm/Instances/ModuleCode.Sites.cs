using Lunatic.Wasm.Compilation.Emission;

namespace Lunatic.Wasm.Instances;

// code for frames at one site. A guest that runs for long is preempted in its loops, and is in such code from then on.
internal sealed unsafe partial class ModuleCode
{
    /// <summary>How often frames go on at a site before it gets code of its own: about the time that compiling takes, in slices.</summary>
    internal const int UsesOfHotSite = 20;

    /// <summary>The most sites of a function with code of their own; which bounds time and memory.</summary>
    internal const int MaxHotSites = 16;

    /// <summary>The code that goes on in a frame at a site, of a function whose <see cref="FunctionCode.ResumeEntry"/> is there.</summary>
    public nint ResumeEntryAt(FunctionCode* code, int site)
    {
        SiteCode* at = code->SiteCodes + site;
        nint entry = Volatile.Read(ref at->Entry);
        if (entry == 0 && at->Uses < UsesOfHotSite && ++at->Uses == UsesOfHotSite)
            entry = CompileAt(code, site);
        return entry != 0 ? entry : code->ResumeEntry;
    }

    // 0 if there is none: the code for all sites does
    private nint CompileAt(FunctionCode* code, int site)
    {
        lock (_compiling)
        {
            SiteCode* at = code->SiteCodes + site;
            if (at->Entry != 0 || code->HotSites == MaxHotSites)
                return at->Entry;
            code->HotSites++;
            if (FunctionCompiler.CompileResume(this, code, SitesOf(code), site) is not { } method)
                return 0;
            _methods.Add(method);
            Volatile.Write(ref at->Entry, method.Entry);
            return method.Entry;
        }
    }
}
