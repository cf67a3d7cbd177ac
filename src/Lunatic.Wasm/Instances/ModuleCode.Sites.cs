using Lunatic.Wasm.Compilation.Emission;
using Lunatic.Wasm.Execution;

namespace Lunatic.Wasm.Instances;

// code for frames at one site. A guest that runs for long is preempted in its loops, and is in such code from then on.
internal sealed unsafe partial class ModuleCode
{
    /// <summary>How often frames go on at a site before it gets code of its own: about the time that compiling takes, in slices.</summary>
    internal const int UsesOfHotSite = 20;

    /// <summary>The most sites of a function with code of their own; which bounds time and memory.</summary>
    internal const int MaxHotSites = 16;

    /// <summary>The code that goes on in a frame at a site, of a function whose <see cref="FunctionCode.ResumeEntry"/> is there.</summary>
    /// <param name="code">The function.</param>
    /// <param name="site">Number of the site.</param>
    /// <param name="atOnce">Whether a site that becomes hot gets its code here and now, not in the background.</param>
    public nint ResumeEntryAt(FunctionCode* code, int site, bool atOnce)
    {
        SiteCode* at = code->SiteCodes + site;
        nint entry = Volatile.Read(ref at->Entry);
        if (entry != 0)
            return entry;
        if (at->Uses < UsesOfHotSite && ++at->Uses == UsesOfHotSite)
        {
            if (atOnce)
                CompileAt(code, site);
            else
                BackgroundCompiler.Shared.Enqueue(new CompileRequest(_weak, (int)(code - _functions), Resumes: true, site));
            entry = Volatile.Read(ref at->Entry);
        }
        return entry != 0 ? entry : code->ResumeEntry;
    }

    /// <summary>Compiles the code that goes on in frames at one site, if nobody has yet. Where that cannot be, the code for all sites does.</summary>
    public void CompileAt(FunctionCode* code, int site)
    {
        lock (LockOf(code))
        {
            SiteCode* at = code->SiteCodes + site;
            if (at->Entry != 0 || code->HotSites == MaxHotSites)
                return;
            code->HotSites++;
            if (FunctionCompiler.CompileResume(this, code, SitesOf(code), site) is not { } method)
                return;
            Keep(method);
            Volatile.Write(ref at->Entry, method.Entry);
        }
    }
}
