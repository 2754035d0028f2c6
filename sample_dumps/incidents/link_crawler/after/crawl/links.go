package crawl

import (
	"regexp"
	"sort"
)

var href = regexp.MustCompile(`href="([^"]+)"`)

// processLinks turns the links of a page into tasks, by way of the arrays that the incident document
// counts: the links, those that stay, their paths, and the tasks.
func processLinks(body []byte, priority float64) []task {
	found := href.FindAllSubmatch(body, -1)
	filtered := make([]string, 0, len(found))
	for _, match := range found {
		if path := string(match[1]); path[0] == '/' {
			filtered = append(filtered, path)
		}
	}
	paths := make([]string, len(filtered))
	copy(paths, filtered)
	sort.Strings(paths)
	tasks := make([]task, 0, len(paths))
	for i, path := range paths {
		if i == 0 || path != paths[i-1] {
			tasks = append(tasks, task{path, priority * 0.9})
		}
	}
	return tasks
}
